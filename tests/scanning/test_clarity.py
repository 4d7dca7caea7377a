"""Which quote is shown first: whole sentences before items, rows and what only points somewhere."""

import pytest

PLAIN = "We collect your IP address when you visit our site."


def first(scanner, text, practice, language="en"):
    return scanner.scan_text(text, language=language, format="markdown").practices[practice]


@pytest.mark.parametrize(
    "other",
    [
        "We collect the following:\n\n- IP address, which your provider gives you",
        "We collect:\n\n| What | Why |\n|---|---|\n| IP address and other things | Security |",
    ],
)
def test_a_sentence_comes_before_what_stands_in_a_list_or_a_table(scanner, other):
    result = first(scanner, f"# Policy\n\n{other}\n\n{PLAIN}", "ip_address")
    assert result.evidence[0].quote == PLAIN
    assert len(result.evidence) > 1


def test_how_to_refuse_is_no_first_proof_of_use(scanner):
    text = "You can disable cookies that we use in your browser.\n\nWe use cookies on our site."
    assert first(scanner, text, "cookies_tracking").evidence[0].quote == "We use cookies on our site."


def test_firm_comes_before_hedged(scanner):
    text = f"We may collect your IP address for security.\n\n{PLAIN}"
    result = first(scanner, text, "ip_address")
    assert result.evidence[0].quote == PLAIN
    assert result.strength == "firm"


def test_the_same_sentence_is_shown_once(scanner):
    result = first(scanner, f"{PLAIN}\n\nWe do more.\n\n{PLAIN}", "ip_address")
    assert [item.quote for item in result.evidence] == [PLAIN]


def test_what_everyone_is_told_comes_before_the_chapter_on_one_region(scanner):
    regional = "## California residents\n\nYou have the right to request a copy of your personal information."
    general = "## Your choices\n\nYou have the right to receive a copy of your personal data."
    result = first(scanner, f"# Policy\n\n{regional}\n\n{general}", "right_to_access")
    assert result.evidence[0].section[-1] == "Your choices"


def test_the_chapter_on_collecting_comes_before_the_one_on_keeping(scanner):
    keeping = "## How long we keep it\n\nWe keep your IP address for a year."
    text = f"# Policy\n\n{keeping}\n\n## Information we collect\n\n{PLAIN}"
    assert first(scanner, text, "ip_address").evidence[0].quote == PLAIN


def test_a_heading_is_no_proof_beside_a_sentence(scanner):
    text = (
        "# Policy\n\n3.4 With our affiliates.\n\nWe may share information amongst our affiliates to run our products."
    )
    quotes = [item.quote for item in first(scanner, text, "affiliate_sharing").evidence]
    assert quotes == ["We may share information amongst our affiliates to run our products."]
