"""The API against its own description: requests made from it, right and wrong ones, get the answers it tells of."""

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS, load_all_checks

load_all_checks()
# Texts that fit the description may still hold nothing that could be compared.
EXCEPT = CHECKS.get_by_names(["positive_data_acceptance"])


@pytest.fixture(scope="module")
def schema(served):
    return schemathesis.openapi.from_url(f"{served.base_url}/api/v1/openapi.json")


@pytest.mark.parametrize(
    ("operation", "mode", "statuses"),
    [
        ("scan", GenerationMode.POSITIVE, {200}),
        ("scan", GenerationMode.NEGATIVE, {400, 422}),
        ("compare", GenerationMode.POSITIVE, {200, 422}),
        ("compare", GenerationMode.NEGATIVE, {400, 422}),
        ("rules", GenerationMode.POSITIVE, {200}),
        ("health", GenerationMode.POSITIVE, {200}),
    ],
)
def test_requests_made_from_the_description_get_the_answers_it_tells_of(schema, operation, mode, statuses):
    met = set()

    @settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(case=schema.find_operation_by_id(operation).as_strategy(generation_mode=mode))
    def ask(case):
        met.add(case.call_and_validate(excluded_checks=EXCEPT).status_code)

    ask()
    assert met <= statuses
