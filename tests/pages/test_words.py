"""A page speaks one language: no English on a Turkish page, no Turkish of ours on an English one."""

import re
from html.parser import HTMLParser

import polib
import pytest
from allauth.account import forms
from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise

from common import history_pages
from common.audit.models import ReadLog
from documents.plan.models import Indicator
from documents.reports import shapes
from documents.reports.models import ReportSection
from institution.models import Body, LegalRule, Unit, User
from institution.sign_in.adapters import AccountAdapter, FactorAdapter
from karesi_plan import demo
from tests.pages.table import PAGES
from timetable.models import Activity

ENGLISH = re.compile(r"\b(the|and|of|you|your|are|with|from|report|draft|save|page)\b", re.IGNORECASE)
SILENT = {"script", "style", "svg"}
SPOKEN = {"aria-label", "title", "placeholder", "alt", "data-l", "data-label"}
VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}

NEVER_SAID = re.compile("phone_|username_")  # nobody signs in by these
SIGN_IN_FORMS = (
    forms.LoginForm,
    forms.ChangePasswordForm,
    forms.ResetPasswordForm,
    forms.ResetPasswordKeyForm,
    forms.ReauthenticateForm,
)


class Words(HTMLParser):
    """The pieces of text that a page says, seen or read aloud; without those marked as another language."""

    def __init__(self, page: str):
        super().__init__()
        self.language, self.left_out, self.said = "", [], set()
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "html":
            self.language = attrs["lang"]
        foreign = attrs.get("lang", self.language) != self.language
        if tag not in VOID and (self.left_out or foreign or tag in SILENT):
            self.left_out.append(tag)
        if not self.left_out:
            self.said |= {attrs[name] for name in SPOKEN & attrs.keys() if attrs[name]}

    def handle_endtag(self, tag):
        if self.left_out:
            self.left_out.pop()

    def handle_data(self, data):
        if not self.left_out and (text := " ".join(data.split())):
            self.said.add(text)


# One word for one thing: what is said as parola, kurul, devam et.
OTHER_WORDS = re.compile(r"\b(şifre|organ(?!iz)|sürdür)", re.IGNORECASE)


def entries() -> list[polib.POEntry]:
    return [
        entry
        for folder in settings.LOCALE_PATHS
        for entry in polib.pofile(str(folder / "tr" / "LC_MESSAGES" / "django.po"))
    ]


def pairs() -> dict[str, str]:
    """Whole sentences and labels of the catalogues, English to Turkish, that differ."""
    return {e.msgid: e.msgstr for e in entries() if e.msgstr and "%(" not in e.msgid and e.msgid != e.msgstr}


@pytest.fixture
def stored(sample) -> set[str]:
    """Names that are data and stay as they were entered, some of them words of the catalogues too."""
    sections = ReportSection.objects.values_list("columns", flat=True)
    return {
        *Body.objects.values_list("name", flat=True),
        *Unit.objects.values_list("name", flat=True),
        *User.objects.values_list("title", flat=True),
        *Activity.objects.values_list("title", flat=True),
        *Indicator.objects.values_list("measure", flat=True),
        *(column["title"] for columns in sections for column in columns),
        *(word for pair in LegalRule.objects.values_list("article", "source") for word in pair),
        *ReadLog.objects.values_list("title", flat=True),  # as the page was called when it was read
        demo.ACTOR.name,
        *(given.title for given in shapes.GIVEN.values()),  # the guide's own lists
    }


def read(client, row, sample) -> Words:
    answer = client.get(row.path(sample))
    assert answer.status_code == row.status
    return Words(answer.text)


@pytest.fixture(scope="module")
def catalogue():
    return pairs()


@pytest.fixture
def in_english(clients):
    switched = []

    def client(who):
        clients[who].post("/language/", {"language": "en"})
        switched.append(clients[who])
        return clients[who]

    yield client
    for one in switched:
        one.post("/language/", {"language": "tr"})


def told_of() -> dict[type, str]:
    """The models that history pages tell of, each with the field that points to what it belongs to."""
    return {
        model: parent
        for thing, subject in history_pages.registered.items()
        for model, parent in [(thing, ""), *((part.model, part.parent) for part in subject.parts)]
    }


def test_a_history_tells_in_words_what_changed():
    nameless = [
        f"{model.__name__}.{field.name}"
        for model, parent in told_of().items()
        for field in model.history.model.tracked_fields
        if not (field.primary_key or field.name == parent or isinstance(field._verbose_name, Promise))
    ]
    # What these hold is for the program; a history passes over them.
    assert nameless == ["DraftBlock.position", "DraftBlock.anchor", "DraftSource.ref", "DraftSource.url"]
    assert [
        m.__name__ for m in told_of() if not isinstance(m._meta.original_attrs.get("verbose_name"), Promise)
    ] == []


def test_one_thing_has_one_word():
    library = [
        *(text for code, text in AccountAdapter.error_messages.items() if not NEVER_SAID.match(code)),
        *FactorAdapter.error_messages.values(),
        *(field.label for form in SIGN_IN_FORMS for field in form.base_fields.values()),
        *(field.help_text for form in SIGN_IN_FORMS for field in form.base_fields.values()),
    ]
    with translation.override("tr"):
        said = [*map(str, library), *(entry.msgstr for entry in entries())]
    assert [text for text in said if OTHER_WORDS.search(text)] == []


@pytest.mark.parametrize("row", PAGES, ids=str)
def test_speaks_turkish(row, sample, clients, catalogue):
    page = read(clients[row.who], row, sample)
    assert page.language == "tr"
    assert page.said & catalogue.keys() == set()
    assert {text for text in page.said if ENGLISH.search(text)} == set()
    assert "---------" not in page.said


@pytest.mark.parametrize("row", PAGES, ids=str)
def test_speaks_english_to_who_chose_it(row, sample, in_english, catalogue, stored):
    page = read(in_english(row.who), row, sample)
    assert page.language == "en"
    assert page.said & (set(catalogue.values()) - catalogue.keys() - stored) == set()
