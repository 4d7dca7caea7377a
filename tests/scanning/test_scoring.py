"""The score: contributions sum to it, and it moves only the way it may."""

from math import isclose

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from privacyscan import load_rules
from privacyscan.knowledge.scales import said_at_large
from privacyscan.models import Grade, Polarity, PracticeResult, State, Strength
from privacyscan.scanning.scoring import grade_of, percentile_of, score

RULES = load_rules(examples=False)
IDS = sorted(RULES.rules)
RISKS = [rule.id for rule in RULES.rules.values() if rule.polarity is Polarity.RISK]

states = st.dictionaries(
    st.sampled_from(IDS), st.tuples(st.sampled_from(list(State)), st.sampled_from(list(Strength))), max_size=len(IDS)
)


def results(chosen):
    built = {}
    for practice, rule in RULES.rules.items():
        state, strength = chosen.get(practice, (State.SILENT, Strength.FIRM))
        built[practice] = PracticeResult(
            category=rule.category,
            state=state,
            severity=rule.severity,
            strength=strength,
            confidence=0.9,
            contribution=0,
        )
    return built


def exposure(chosen):
    return score(RULES, results(chosen), None).exposure


@given(states)
def test_contributions_sum_to_the_exposure_shown(chosen):
    result = score(RULES, results(chosen), None)
    assert isclose(sum(item.points for item in result.contributions), result.exposure, abs_tol=1e-6)
    assert isclose(sum(item.points for item in result.disclosures), result.transparency, abs_tol=1e-6)
    assert 0 <= result.exposure <= 100
    assert 0 <= result.transparency <= 100


@given(states, st.sampled_from(RISKS))
def test_stating_a_risk_never_lowers_exposure(chosen, practice):
    before = exposure(chosen)
    assert exposure({**chosen, practice: (State.AFFIRMED, Strength.FIRM)}) >= before - 1e-9


@given(states, st.sampled_from(RISKS))
def test_a_denial_never_raises_exposure(chosen, practice):
    silent = {key: value for key, value in chosen.items() if key != practice}
    denied = {**chosen, practice: (State.DENIED, Strength.FIRM)}
    assert exposure(denied) <= exposure(chosen) + 1e-9
    assert isclose(exposure(denied), exposure(silent))


@given(states)
def test_honesty_never_costs_exposure(chosen):
    """Stating a protection, or denying a risk, leaves exposure the same or lower."""
    silent = {key: value for key, value in chosen.items() if key not in ("training_opt_out", "right_to_delete")}
    stated = {
        **silent,
        "training_opt_out": (State.AFFIRMED, Strength.FIRM),
        "right_to_delete": (State.AFFIRMED, Strength.FIRM),
    }
    assert exposure(stated) <= exposure(silent) + 1e-9


def test_silence_is_not_counted_as_transparency():
    assert score(RULES, results({}), None).transparency == 0


def test_the_reference_policies_spread_over_all_grades():
    reference = RULES.scoring.reference
    assert len(reference) >= 150
    assert list(reference) == sorted(reference)
    grades = [grade_of(RULES.scoring, exposure) for exposure in reference]
    for grade in (Grade.A, Grade.B, Grade.C, Grade.D, Grade.E):
        assert 0.08 <= grades.count(grade) / len(grades) <= 0.35


def test_percentiles_are_shares_of_lower_exposures():
    assert percentile_of(RULES.scoring, 0) == 0
    assert percentile_of(RULES.scoring, 101) == 100


CLAUSES = [
    "We collect your IP address and device model.",
    "We do not sell your personal information.",
    "We may share data with advertising partners.",
    "With your permission, we access your address book.",
    "You may delete your account at any time.",
    "We store data on servers in the People's Republic of China.",
    "We do not record your keystrokes.",
]


@settings(max_examples=25)
@given(st.permutations(CLAUSES))
def test_order_of_clauses_does_not_matter(scanner, order):
    assert practice_states(scanner, order) == practice_states(scanner, CLAUSES)


@settings(max_examples=25)
@given(st.lists(st.sampled_from(CLAUSES), max_size=8))
def test_duplicates_do_not_matter(scanner, extra):
    assert practice_states(scanner, [*CLAUSES, *extra]) == practice_states(scanner, CLAUSES)


def practice_states(scanner, clauses):
    report = scanner.scan_text("\n\n".join(clauses), language="en", format="plain")
    return {practice: (result.state, result.strength) for practice, result in report.practices.items()}


@pytest.mark.parametrize("grade", list("ABCDE"))
def test_grades_are_cut_from_below(grade):
    assert grade_of(RULES.scoring, RULES.scoring.grades[Grade(grade)]) == grade


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "We do not share your personal data with third parties."),
        ("ko", "회사는 이용자의 개인정보를 제3자에게 제공하지 않습니다."),
        ("zh", "我们不会向任何第三方提供您的个人信息。"),
    ],
)
def test_what_is_said_of_third_parties_at_large_is_stated(language, text):
    said = said_at_large(RULES.scoring, language, text)
    assert set(said) == {"recipients"}
    assert not said_at_large(RULES.scoring, language, text[: len(text) // 3])
    points = {item.id: item.points for item in score(RULES, results({}), None, said).disclosures}
    assert points["recipients"] > 0
