"""Formats → blocks: the same structure whatever a policy is written in, and exact offsets for any text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privacyscan.documents import UnreadableSourceError, guess_service, read_text
from privacyscan.documents.builder import normalise


def outline(text, format):
    document = read_text(text, format=format)
    return [(block.kind.value, document.text[block.start : block.end]) for block in document.blocks]


POLICY = [
    ("heading", "Privacy Policy"),
    ("list_intro", "We collect:"),
    ("list_item", "your name"),
    ("list_item", "your device ID"),
    ("heading", "Retention"),
    ("table_header", "Data | Kept for"),
    ("table_row", "Logs | 30 days"),
]

MARKDOWN = """# Privacy Policy

We collect:

- your **name**
- your [device ID](https://a.example/x)

## Retention

| Data | Kept for |
|------|----------|
| Logs | 30 days |
"""

HTML = """<!doctype html><html><head><title>Acme</title><script>track()</script><style>p{}</style></head><body>
<nav><a href="/">Home</a> <a href="/cn">Chinese dictionary</a></nav>
<main><h1>Privacy Policy</h1><p>We collect:</p><ul><li>your <b>name</b></li>
<li>your <a href="x">device&nbsp;ID</a></li></ul>
<h2>Retention</h2><table><tr><th>Data</th><th>Kept for</th></tr><tr><td>Logs</td><td>30 days</td></tr></table></main>
<footer>Registered in China</footer></body></html>"""


def test_markdown_becomes_blocks():
    assert outline(MARKDOWN, "markdown") == POLICY


def test_html_becomes_the_same_blocks_without_navigation_and_footer():
    assert outline(HTML, "html") == POLICY


def test_formats_are_told_apart():
    assert outline(MARKDOWN, "auto") == POLICY
    assert outline(HTML, "auto") == POLICY


def test_plain_text_finds_headings_and_lists():
    text = "Privacy Policy\n\nWe collect:\n- your name\n- your device ID\n\nRetention\n\nWe keep logs for 30 days.\n"
    assert outline(text, "plain") == [*POLICY[:5], ("paragraph", "We keep logs for 30 days.")]


def test_items_know_their_introduction_and_their_parent():
    document = read_text("We never collect:\n\n- contacts\n  - names\n- photos\n", format="markdown")
    intro, contacts, names, photos = document.blocks
    assert intro.kind == "list_intro"
    assert [block.intro for block in (contacts, names, photos)] == [0, 0, 0]
    assert [block.parent for block in (contacts, names, photos)] == [None, 1, None]


def test_a_paragraph_between_two_numbers_introduces_neither_the_second_nor_those_behind_it():
    text = "We collect:\n\n(1) your name.\n\nYou may leave it out.\n\n(2) your town.\n\n(3) your age."
    document = read_text(text, format="plain")
    intros = {document.text[block.start : block.end]: block.intro for block in document.blocks}
    assert [intros[item] for item in ("(1) your name.", "(2) your town.", "(3) your age.")] == [0, 0, 0]


def test_a_roman_one_begins_a_list():
    document = read_text("We collect:\n\n(1) your name.\n\nWe never sell these.\n\n(i) your town.", format="plain")
    assert document.blocks[-1].intro == 2


def test_numbers_nest_in_the_order_of_their_styles():
    text = (
        "처리방침\n\n제1조 (수집 항목)\n\n가. 회원 가입\n1) 이름\n2) 이메일\n나. 결제: 카드 번호\n\n"
        "제2조 (보유 기간)\n\n① 회사는 보관합니다.\n1. 로그: 3개월\n② 회사는 파기합니다.\n"
    )
    document = read_text(text, format="plain")
    texts = [document.text[block.start : block.end] for block in document.blocks]
    parents = {line: block.parent for line, block in zip(texts, document.blocks, strict=True)}
    assert parents["1) 이름"] == parents["2) 이메일"] == texts.index("가. 회원 가입")
    assert parents["나. 결제: 카드 번호"] is None
    assert parents["1. 로그: 3개월"] == texts.index("① 회사는 보관합니다.")
    assert parents["② 회사는 파기합니다."] is None
    assert document.blocks[-1].section == ("처리방침", "제2조 (보유 기간)")


def test_numbered_lines_inside_an_item_are_items_below_it():
    text = "1. 항목\n가. 회원\n   1) 이름\n   2) 이메일\n나. 저장하지 않는 정보\n   1) 비밀번호\n2. 보유\n30 일"
    document = read_text(text, format="markdown")
    lines = [document.text[block.start : block.end] for block in document.blocks]
    above = {
        line: lines[block.parent or 0] for line, block in zip(lines, document.blocks, strict=True) if block.level == 2
    }
    assert above == {"이름": "가. 회원", "이메일": "가. 회원", "비밀번호": "나. 저장하지 않는 정보"}
    # A bare number only begins a wrapped line.
    assert lines[-1] == "보유\n30 일"
    assert [block.parent for block in document.blocks if block.level == 1] == [0, 0]


def test_a_line_that_hangs_below_an_item_belongs_to_it():
    text = (
        "We do this:\n\na) We collect the following on its own.\n   IP address, device model\n"
        "b) We keep what you\n   write to us.\n"
    )
    document = read_text(text, format="plain")
    *_, item, hanging, wrapped = document.blocks
    assert document.text[hanging.start : hanging.end] == "IP address, device model"
    assert document.blocks[hanging.parent or 0] == item
    assert document.text[wrapped.start : wrapped.end] == "b) We keep what you write to us."


def test_ever_so_many_lines_are_read_one_by_one():
    numbered = "\n".join(f"{number % 90}. an item" for number in range(20_000))
    hanging = "- an item\n" + "\n".join("   that goes on" for _ in range(20_000))
    assert len(read_text(numbered, format="plain").blocks) == 20_000
    assert len(read_text(hanging, format="plain").blocks) == 1


def test_numbered_bold_titles_stand_above_bare_ones():
    text = "# Policy\n\n**1. Sharing**\n\nText.\n\n**Others**\n\n- The police.\n\n**2. Rights**\n\nMore.\n"
    document = read_text(text, format="markdown")
    sections = {document.text[block.start : block.end]: block.section for block in document.blocks}
    assert sections["The police."] == ("Policy", "1. Sharing", "Others")
    assert sections["More."] == ("Policy", "2. Rights")


def test_an_address_set_in_bold_is_no_title():
    text = "# Policy\n\nWrite to:\n\n**Example Corp.  \nHill Road 5  \nSpringfield**\n\nWe answer.\n"
    document = read_text(text, format="markdown")
    assert document.blocks[-1].section == ("Policy",)


def test_sections_nest():
    document = read_text("# A\n\n## B\n\nOne.\n\n### C\n\nTwo.\n\n## D\n\nThree.\n", format="markdown")
    sections = {document.text[block.start : block.end]: block.section for block in document.blocks}
    assert sections["One."] == ("A", "B")
    assert sections["Two."] == ("A", "B", "C")
    assert sections["Three."] == ("A", "D")


def test_cells_know_their_headers_through_spans():
    html = (
        "<table><tr><th>Data</th><th>Law</th><th>Kept for</th></tr>"
        "<tr><td>Orders</td><td rowspan=2>Commerce Act</td><td>5 years</td></tr>"
        "<tr><td>Disputes</td><td>3 years</td></tr></table>"
    )
    document = read_text(html, format="html")
    last = document.blocks[-1]
    texts = {cell.header: document.text[cell.start : cell.end] for cell in last.cells}
    assert texts == {"Data": "Disputes", "Law": "", "Kept for": "3 years"}


def test_a_table_that_only_lays_out_the_page_is_read_as_text():
    document = read_text("<table><tr><td><h2>Rights</h2><p>You may ask.</p></td></tr></table>", format="html")
    assert [block.kind.value for block in document.blocks] == ["heading", "paragraph"]


def test_an_empty_header_row_gives_way_to_the_first_row():
    document = read_text("|  |  |\n|---|---|\n| **Data** | **Kept** |\n| Logs | 30 days |\n", format="markdown")
    assert [cell.header for cell in document.blocks[-1].cells] == ["Data", "Kept"]


def test_a_first_row_of_text_names_no_columns():
    cell = "We keep your name, your e-mail address and the messages that you exchange with our support team. " * 2
    document = read_text(f"|  |  |\n|---|---|\n| 1 | {cell} |\n| 2 | We keep your orders. |", format="markdown")
    assert [block.kind.value for block in document.blocks] == ["table_row", "table_row"]


def test_wrapped_lines_are_one_paragraph():
    text = (
        "We collect the information that you give us when you open an account,\n"
        "and the information that your device sends us whenever you use the app,\n"
        "and nothing else at all, as far as we know and as far as we can say."
    )
    (block,) = outline(text, "plain")
    assert block[1].startswith("We collect the information that you give us when you open an account, and")


def test_invisible_characters_go_and_letters_stay():
    assert normalise("a\u200bb\u2060c\u00ad \u00a0 d\r\n\r\n  e\ufeff ") == "abc d\ne"
    assert normalise("‘키’ “리듬”…") == "‘키’ “리듬”…"
    decomposed = "\u1112\u1161\u11ab"
    assert normalise(decomposed) == "한"


def test_a_page_that_a_script_renders_is_refused():
    page = "<html><body><div id=root></div><script src=app.js></script></body></html>"
    with pytest.raises(UnreadableSourceError, match="a script renders it"):
        read_text(page, format="html")


@pytest.mark.parametrize(
    ("title", "service"),
    [
        ("Acme Privacy Policy", "Acme"),
        ("Privacy Policy of Acme", "Acme"),
        ("도담노트 개인정보 처리방침", "도담노트"),
        ("星禾语隐私政策", "星禾语"),
        ("Privacy Policy", ""),
        ("WhatsApp Privacy Policy", "WhatsApp"),
        ("Table of Contents", ""),
        ("We protect your privacy", ""),
        ("Data Protection and Acme", "Acme"),
        ("Acme Group U.S. Consumer Privacy Statement", "Acme Group"),
        ("Acme’s Privacy Policy and User Notice", "Acme"),
        ("Acme Inc. Privacy Policy", "Acme"),
        ("Privacy & Cookies Policy (the “Policy”)", ""),
        ("Information We Collect", ""),
        ("Welcome to our User Privacy Policy", ""),
    ],
)
def test_the_service_is_read_from_the_title(title, service):
    assert guess_service(read_text(f"# {title}\n\nText.", source="folder/policy.md", format="markdown")) == service


HOSTILE = [
    "<" * 5_000,
    "<table>" * 2_000,
    "<div>" * 5_000 + "deep",
    "<ul><li>" * 1_500 + "deep",
    "[" * 3_000,
    "> " * 2_000 + "quote",
    "*" * 5_000,
    "|" * 5_000 + "\n" + "|-" * 2_500,
    "1. " * 3_000,
    "- " * 3_000 + "x",
    "a" * 200_000,
    "개" * 100_000,
    "。" * 50_000,
    "\ud7a3\u0000\u0007" * 1_000,
    "<td rowspan=99999999 colspan=99999999>x",
    "&#0; &#x110000; &amp;amp;",
    "<script>alert(1)</script>" * 500,
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:12]))
@pytest.mark.parametrize("format", ["plain", "markdown", "html"])
def test_hostile_text_is_read_without_harm(scanner, text, format):
    try:
        report = scanner.scan_text(text, language="en", format=format)
    except UnreadableSourceError:
        return
    assert report.score.grade == "N/A"


@given(st.text(max_size=500), st.sampled_from(["plain", "markdown"]))
def test_blocks_tile_the_text_in_order(text, format):
    document = read_text(text, format=format)
    end = 0
    for block in document.blocks:
        assert end <= block.start < block.end <= len(document.text)
        assert document.text[end : block.start].strip() == ""
        end = block.end
        for cell in block.cells:
            assert block.start <= cell.start <= cell.end <= block.end
    assert document.text[end:].strip() == ""


@given(st.text(max_size=300))
def test_normalising_twice_changes_nothing(text):
    assert normalise(normalise(text)) == normalise(text)


@pytest.mark.parametrize(
    ("title", "service"),
    [
        ("Quillbay Privacy Policy", "Quillbay"),
        ("Privacy and Cookie Policy", ""),
        ("When this privacy policy applies", ""),
        ("미리내 개인정보 처리방침", "미리내"),
    ],
)
def test_a_title_that_names_no_service_gives_no_name(title, service):
    assert guess_service(read_text(f"# {title}\n\nText.", source="policy.md", format="markdown")) == service


@pytest.mark.parametrize("opening", ["<div>", "<b><i>", "<x-a></x-b>", "<ul><li>"])
def test_a_page_that_nests_without_end_is_refused(opening):
    with pytest.raises(UnreadableSourceError, match="nests") as caught:
        read_text("<html><body>" + opening * 12_000, format="html")
    assert caught.value.code == "too_deep"


def test_a_long_page_that_leaves_its_ends_out_is_read():
    page = "<html><body><h1>Privacy Policy</h1>" + "<p>We collect your <b>name</b>.<br><ul><li>address</ul>" * 12_000
    assert read_text(page).text.count("address") == 12_000


@pytest.mark.parametrize(
    ("source", "service"),
    [
        ("history/acme/2025-02-14_a48bb3c.md", "acme"),
        ("0123abcdef:Acme/Privacy Policy.md", "Acme"),
        ("2025-02-14.md", ""),
        ("home/someone/the-new-york-times.md", ""),
        ("home/someone/privacy.md", ""),
        ("text", ""),
        ("-", ""),
        ("https://www.acme.example/legal/privacy?x=1", "acme.example"),
    ],
)
def test_a_policy_without_a_telling_title_is_named_after_its_place(source, service):
    assert guess_service(read_text("We collect data.", source=source, format="markdown")) == service


@pytest.mark.parametrize(
    ("opening", "service"),
    [
        ("Acme, Inc. (“Acme”, “we” or “us”) respects privacy.", "Acme"),
        ("This policy tells how Quillbay Labs Ltd. (the “Company”) handles data.", "Quillbay Labs"),
        ('Kelpie GmbH ("Kelpie") runs this site.', "Kelpie"),
        ("미리내랩(주)(이하 ‘회사’)는 이용자의 개인정보를 소중히 여깁니다.", "미리내랩"),
        ("주식회사 도담(이하 '도담')은 법을 지킵니다.", "도담"),
        ("도담주식회사(이하 ‘도담’ 또는 ‘회사’)는 법을 지킵니다.", "도담"),
        ("以下介绍了北京某某科技有限公司（以下简称“我们”）如何处理您的信息。", "北京某某科技"),
        ("Acme Ltd. and our firms (collectively, “Quillbay”, “we,” or “us”) care.", "Quillbay"),
        ("본 개인정보 처리방침(이하 ‘방침’)은 다음과 같습니다.", ""),
        ("This Privacy Policy (“Policy”) tells what we do.", ""),
        ("Our registered office is in Berlin, Germany (“we”).", ""),
        ("We use payment firms. " * 60 + "One is Acme Inc. (“Acme”).", ""),
    ],
)
def test_the_service_is_read_from_the_opening(opening, service):
    assert guess_service(read_text(f"# Privacy Policy\n\n{opening}", source="p.md", format="markdown")) == service


def test_lists_and_tables_stand_under_the_numbered_line_above_them() -> None:
    text = (
        "① 회사는 다음 정보를 수집합니다.\n\n- 이름\n- 전화번호\n\n"
        "② 아래 정보는 저장하지 않습니다.\n\n| 항목 | 이유 |\n|---|---|\n| 비밀번호 | 필요 없음 |\n\n끝맺는 말입니다."
    )
    document = read_text(text, format="markdown")
    first, name, phone, second, header, row, last = document.blocks
    assert [document.blocks[item.parent or 0] for item in (name, phone)] == [first, first]
    assert [document.blocks[item.intro or 0] for item in (header, row)] == [second, second]
    assert (last.parent, last.intro) == (None, None)
