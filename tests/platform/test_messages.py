"""The tool that keeps the translations: it finds what a page asks for, and every kind of fault."""

import sys

import polib
import pytest
from django.template import Context, Template
from django.utils.translation import override

from tests.machine import ROOT

sys.path.append(str(ROOT / "tools"))

import messages
import sources

TEMPLATE = """{% load i18n %}{% translate "Save" %}{% include "a.html" with label=_("Send 100%") %}
{% blocktranslate count n=rows|length trimmed %}
  {{ n }} row
{% plural %}
  {{ n }} rows
{% endblocktranslate %}{% translate "May" context "month" %}"""


def found_in(source: str) -> list[tuple[str, str | None, str | None]]:
    return [(found.text, found.plural, found.context) for found in sources.in_template(source, "t.html")]


def test_a_template_yields_what_the_page_will_ask_for():
    assert found_in(TEMPLATE) == [
        ("Save", None, None),
        ("Send 100%%", None, None),
        ("%(n)s row", "%(n)s rows", None),
        ("May", None, "month"),
    ]


def test_python_yields_every_form_of_gettext_under_any_name():
    source = (
        "from django.utils.translation import gettext_lazy as _, ngettext, pgettext\n"
        'a = _("one " "line")\nb = ngettext("%(n)d day", "%(n)d days", n)\nc = pgettext("month", "May")\nd = _(name)\n'
    )
    assert [(f.text, f.plural, f.context) for f in sources.in_python(source, "a.py")] == [
        ("one line", None, None),
        ("%(n)d day", "%(n)d days", None),
        ("May", None, "month"),
    ]


def test_an_f_string_is_refused_with_its_place():
    source = 'from django.utils.translation import gettext as _\na = _(f"{x} rows")\n'
    with pytest.raises(SystemExit, match="a.py:2"):
        list(sources.in_python(source, "a.py"))


def entry(msgid: str, msgstr: str, **more) -> polib.POEntry:
    return polib.POEntry(msgid=msgid, msgstr=msgstr, **more)


@pytest.mark.parametrize(
    ("made", "word"),
    [
        (entry("Save", ""), "not translated"),
        (entry("Save", "Kaydet", flags=["fuzzy"]), "unsure"),
        (entry("Save", "Kaydet", obsolete=True), "no source"),
        (entry("%(n)s rows", "%(m)s satır"), "placeholders"),
        (entry("Hello {name}", "Merhaba"), "placeholders"),
    ],
)
def test_each_fault_is_named(made, word):
    assert word in " ".join(messages.faults_of(made))


def test_a_sound_entry_has_no_fault():
    days = polib.POEntry(
        msgid="%(n)d day", msgid_plural="%(n)d days", msgstr_plural={0: "%(n)d gün", 1: "%(n)d gün"}
    )
    assert list(messages.faults_of(days)) == []


def test_the_page_speaks_turkish_by_these_catalogues():
    template = Template("{% load i18n %}{% translate 'Try again' %}")
    with override("tr"):
        assert template.render(Context()) == "Yeniden dene"
    with override("en"):
        assert template.render(Context()) == "Try again"
