"""How reports end: silence is no sign of little, and advice offers what the policy does."""

import pytest
from msgspec.structs import replace

from privacyscan.knowledge.texts import load_texts
from privacyscan.models import Category, State
from privacyscan.reporters.closing import Closing
from privacyscan.reporters.telling import tell
from tests.conftest import EXAMPLES


@pytest.fixture(scope="module")
def report(scanner):
    return scanner.scan_file(EXAMPLES / "lumenqiao.en.md")


def without(report, category):
    practices = {
        key: replace(result, state=State.SILENT, evidence=()) if result.category is category else result
        for key, result in report.practices.items()
    }
    return replace(report, practices=practices)


@pytest.mark.parametrize(
    ("language", "unsaid", "named"),
    [
        ("en", "On use, no statement was found on any practice worth a closer look.", "use"),
        ("ko", "이용 분야에서는 주의할 만한 항목에 관해 밝힌 문구를 찾지 못했습니다.", "이용"),
    ],
)
def test_an_area_without_wording_is_not_called_narrow(report, rules, language, unsaid, named):
    lines = Closing(without(report, Category.USE), rules, load_texts(language)).conclusion(0)
    assert unsaid in lines
    assert named not in lines[0]


def test_an_empty_section_names_what_was_not_found(report, rules):
    story = tell(without(report, Category.USE), rules, "en")
    section = next(item for item in story.sections if item.id == "use")
    assert not section.bullets
    assert rules.rules["model_training"].text["en"].title in section.empty


def test_a_way_to_refuse_that_the_policy_names_is_told(scanner, rules):
    text = (
        "# Acme Privacy Policy\n\nWe use your data to show you personalised advertising.\n\n"
        "You can opt out of personalised advertising at any time with the “Privacy settings” link in the footer.\n\n"
    )
    report = scanner.scan_text(text + "We collect your name, IP address and device identifiers. " * 9, language="en")
    assert any("Privacy settings" in line for line in Closing(report, rules, load_texts("en")).actions())


def test_refusing_the_training_of_others_is_not_told_as_refusing_the_services_own(scanner, rules):
    text = (
        "# Acme Privacy Policy\n\nWe use your posts to train our AI models.\n\n"
        "If you do not opt out, the recipients of the information may use it to train their AI models.\n"
    )
    report = scanner.scan_text(text, language="en")
    assert report.practices["training_opt_out"].state is State.AFFIRMED
    lines = " ".join(Closing(report, rules, load_texts("en")).actions())
    assert "names no way to refuse that of the service itself" in lines
    assert "keep your content out of AI training" not in lines
