"""What CONTRIBUTING promises: a practice is added with two YAML files and no Python."""

import shutil

from privacyscan import Scanner, load_rules
from privacyscan.reporters.html import render_report_html
from privacyscan.reporters.markdown import render_report_markdown
from privacyscan.resources import data_dir

RULE = """
id: call_recording
category: collection
severity: high
weight: 6
polarity: risk
frame: collect
text:
  en: {title: Call recordings, why: Calls can be heard again., advice: Say nothing you would not write.}
  ko: {title: 통화 녹음, why: 녹음된 통화는 다시 들을 수 있습니다., advice: 말을 아끼는 것이 좋습니다.}
patterns:
  en: ['(?:phone |support )?calls?']
examples:
  en:
    affirmed: [We record support calls., "We keep recordings of your calls."]
    denied: [We do not record your calls., "Calls are never recorded."]
    silent: [Call us on weekdays., "## Calls"]
"""


def test_a_new_rule_is_found_scored_and_reported(tmp_path):
    folder = tmp_path / "rules"
    shutil.copytree(data_dir("rules"), folder)
    (folder / "collection" / "call_recording.yaml").write_text(RULE, encoding="utf-8")
    rules = load_rules(folder)
    policy = (data_dir("examples") / "harborwrite.en.md").read_text(encoding="utf-8")
    report = Scanner(rules).scan_text(policy + "\n\nWe record support calls to train our staff.", format="markdown")
    assert report.practices["call_recording"].state == "affirmed"
    assert report.practices["call_recording"].contribution == 6
    for language, title in (("en", "Call recordings"), ("ko", "통화 녹음")):
        assert title in render_report_markdown(report, rules, language)
        assert title in render_report_html(report, rules, language)
