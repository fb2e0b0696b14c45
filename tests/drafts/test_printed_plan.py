"""The printed plan, page by page, as its reader has it."""

import re
import subprocess
from copy import deepcopy
from dataclasses import replace

import pikepdf
import pytest
from django.db import transaction

from documents.drafts.builders import pdf
from documents.drafts.compose import compose
from documents.drafts.models import DraftBlock
from documents.drafts.templatetags.drafts import gzft
from documents.reports.legible import plain_text
from tests import personas
from tests.factories import drafts as make
from tests.factories import reports
from tests.factories.base import days_ago
from tests.machine import lacks

Kind = DraftBlock.Kind
LIGHT = '<h2>Kentin ışığı</h2><p>Hedefler, ışık ve fikir fışkıran kıyı mahalleleri için yazıldı.<sup data-note="Sayım 2024’tendir."></sup></p>'
GZFT = [
    {
        "key": "side",
        "title": "Boyut",
        "type": "choice",
        "required": True,
        "choices": ["Güçlü yön", "Zayıf yön", "Fırsat", "Tehdit"],
    },
    {"key": "text", "title": "İfade", "type": "long", "required": True, "choices": []},
]
FACES = {
    "PlanDisplay-Light",
    "PlanDisplay-Light-Italic",
    "PlanDisplay",
    "PlanText",
    "PlanText-Semi-Bold",
    "PlanText-Italic",
    "Source-Sans-3,",
    "Source-Sans-3-Semi-Bold",
}


class Print:
    """A plan's blocks with its PDF and, where poppler is there, the text of each page."""

    def __init__(self, period, folder, blocks=None):
        self.blocks = blocks or compose(period, today=days_ago(0))
        self.file = folder / "plan.pdf"
        printed = pdf.build_pdf(period, self.blocks, draft=None)
        self.file.write_bytes(printed.content)
        self.placed = printed.pages
        self.pages = []
        if not lacks("poppler"):
            text = subprocess.run(
                ["pdftotext", self.file, "-"], capture_output=True, text=True, check=True
            ).stdout
            self.pages = [" ".join(page.split()) for page in text.split("\f")[:-1]]
        self.text = " ".join(self.pages)

    def of(self, kind):
        return [block.data for block in self.blocks if block.kind == kind]

    def page_with(self, *words):
        """The first page after the contents that has all these words."""
        return next(n for n, page in enumerate(self.pages, 1) if n > 3 and all(w in page for w in words))


@pytest.fixture(scope="module")
def plan(django_db_setup, django_db_blocker, tmp_path_factory):
    with django_db_blocker.unblock(), transaction.atomic():
        house = make.ready(personas.build())
        template = reports.template(texts=1, table=False)
        report = reports.requested(house.group, of=template, title="Tarihçe raporu")
        reports.write(report, text=LIGHT)
        reports.submit(report)
        reports.decide(report)
        reports.close(report)
        printed = Print(house.period, tmp_path_factory.mktemp("print"))
        transaction.set_rollback(True)
    return printed


@pytest.fixture
def document(plan):
    with pikepdf.open(plan.file) as opened:
        yield opened


# --- The file


def test_every_face_is_one_of_ours_and_is_embedded(document):
    fonts = [
        f
        for f in document.objects
        if isinstance(f, pikepdf.Dictionary) and f.get("/Type") == "/FontDescriptor"
    ]
    assert all("/FontFile2" in font or "/FontFile3" in font for font in fonts)
    assert {str(font.FontName).partition("+")[2] for font in fonts} <= FACES


def test_it_says_its_language_and_title(document):
    assert str(document.Root.Lang) == "tr"
    assert "Stratejik Planı" in str(document.docinfo["/Title"])


def test_bookmarks_lead_to_chapters_sections_goals_and_cards(plan, document):
    with document.open_outline() as outline:
        chapters = [item.title for item in outline.root]
        (strategy,) = [item for item in outline.root if item.title.startswith("5 ")]
        goals = [item for item in strategy.children if re.match(r"A\d ", item.title)]
    assert [title for title in chapters if title[0].isdigit()] == [
        f"{data['code']} · {data['title']}" for data in plan.of(Kind.CHAPTER)
    ]
    assert len(goals) == 3
    assert sum(len(goal.children) for goal in goals) == 13


# --- Words


@pytest.mark.poppler
def test_words_are_whole_in_the_text_layer(plan):
    for word in ("hedefler", "İçindekiler", "ışık", "ışığı", "fışkıran", "fikir"):
        assert word in plan.text, word
    assert not re.search("[ﬀ-ﬆ\ufffd\u00ad]", plan.text)


@pytest.mark.poppler
def test_no_goal_objective_or_section_loses_a_word(plan):
    wanted = [
        data["title"] for kind in (Kind.GOAL, Kind.CARD, Kind.SECTION, Kind.CHAPTER) for data in plan.of(kind)
    ]
    wanted += [data["sentence"] for data in plan.of(Kind.CARD)]
    wanted += [
        line
        for data in plan.of(Kind.TEXT)
        for line in plain_text(data["html"]).splitlines()
        if "[" not in line
    ]
    wanted += [cell for data in plan.of(Kind.TABLE) for row in data["rows"] for cell in row]
    assert [words for words in wanted if " ".join(words.split()) not in plan.text] == []


@pytest.mark.poppler
def test_amounts_are_in_their_turkish_form(plan):
    for card in plan.of(Kind.CARD):
        assert card["cost"] in plan.pages[plan.page_with(card["code"], card["sentence"]) - 1]
    assert "19.781.759,88" in plan.text and "219.898.021,24" in plan.text


# --- Pages


@pytest.mark.poppler
def test_the_contents_name_the_right_pages(plan):
    contents = plan.pages[2]
    for kind in (Kind.SECTION, Kind.GOAL, Kind.CARD):
        for data in plan.of(kind):
            (told,) = re.findall(rf"{re.escape(data['title'])} ?\.{{3,}} ?(\d+)", contents)[:1]
            assert data["code"] in plan.pages[int(told) - 1], data["title"]
            assert data["title"] in plan.pages[int(told) - 1]


@pytest.mark.poppler
def test_each_block_is_told_with_the_page_on_which_it_begins(plan):
    told = [block for block in plan.blocks if block.kind in ("section", "goal", "card")]
    assert len(told) > 10
    for block in told:
        assert block.data["title"] in plan.pages[plan.placed[block.anchor] - 1]


@pytest.mark.poppler
def test_each_card_has_a_page_of_its_own(plan):
    pages = []
    for card in plan.of(Kind.CARD):
        page = plan.page_with(card["sentence"])
        pages.append(page)
        text = plan.pages[page - 1]
        assert "İhtiyaçlar" in text and all(row["name"] in text for row in card["indicators"])
        assert card["origin"] in text
    assert len(set(pages)) == 13


@pytest.mark.poppler
def test_running_heads_name_the_chapter_but_not_on_a_goals_opener(plan):
    goal = plan.of(Kind.GOAL)[0]
    opener = plan.pages[plan.page_with("hedef maliyetleri içindeki payı", goal["title"]) - 1]
    assert "Stratejik Plan 20" not in opener
    costs = plan.pages[plan.page_with("Maliyetlendirme", "Tablo") - 1]
    assert costs.startswith("5 · Strateji geliştirme")


@pytest.mark.poppler
def test_no_page_ends_with_a_heading(plan):
    heads = [data["title"] for kind in (Kind.SECTION, Kind.CHAPTER) for data in plan.of(kind)]
    for number, page in enumerate(plan.pages[3:], 4):
        words = re.sub(r"Çalışma metni.*$", "", page).strip()
        assert not any(words.endswith(head) for head in heads), number


@pytest.mark.poppler
@pytest.mark.django_db
def test_crowded_cards_and_large_sums_stay_on_their_page(plan, house, tmp_path):
    card, costs = deepcopy(plan.of(Kind.CARD)[0]), deepcopy(plan.of(Kind.COSTS)[0])
    card["indicators"] = [{**card["indicators"][0], "code": f"PG1.1.{n}"} for n in range(1, 6)]
    for row in costs["rows"]:
        row["amounts"] = ["1.110.946.129,07"] * 5
    swapped = {Kind.CARD: card, Kind.COSTS: costs}
    blocks = [replace(b, data=swapped.get(b.kind, b.data)) for b in plan.blocks if b.chapter[0] == "5"]
    first = next(b for b in blocks if b.kind == Kind.CARD)
    crowded = Print(house.period, tmp_path, [b for b in blocks if b.kind != Kind.CARD or b is first])
    page = crowded.pages[crowded.page_with(card["sentence"]) - 1]
    assert "PG1.1.5" in page and card["needs"][-1] in page and card["origin"] in page
    page = crowded.pages[crowded.page_with("1.110.946.129,07") - 1]
    assert "Maliyetlendirme" in page and "Hedefler toplamı" in page


def test_gzft_is_printed_as_four_fields():
    rows = [["Fırsat", "Hibeler"], ["Güçlü yön", "Kadro"], ["Tehdit", "Kur"], ["Güçlü yön", "Ağ"]]
    assert gzft({"columns": GZFT, "rows": rows}) == [
        [("G", "Güçlü yönler", ["Kadro", "Ağ"]), ("F", "Fırsatlar", ["Hibeler"])],
        [("Z", "Zayıf yönler", []), ("T", "Tehditler", ["Kur"])],
    ]
    assert gzft({"columns": GZFT[1:], "rows": []}) is None
