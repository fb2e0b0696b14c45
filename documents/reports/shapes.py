"""How each kind of section is held: rows under columns, whatever it looks like.

So writing, comparing, judging and printing go one way. A matrix is rows under its column heads; a list
one column of statements, two where they stand in families; figures are rows of name, value, unit, day and
source. Where the template names the rows, the first column is of the type "given", its choices their names.

The words are the guide's (Belediyeler İçin Stratejik Planlama Rehberi, 2019), so they are Turkish data.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from documents.plan.guide import CHAPTERS

Column = dict[str, Any]
GIVEN_ROWS = "given"


class Given(NamedTuple):
    """A list of choices that the guide or practice gives."""

    title: str
    values: tuple[str, ...]


GIVEN = {
    "stakeholder": Given("Paydaş türü", ("İç", "Dış")),
    "stakeholder_result": Given("Paydaş sonucu", ("İzle", "Bilgilendir", "Gözet", "Birlikte çalış")),
    "opinion_method": Given(
        "Görüş alma yöntemi",
        ("Mülakat", "Anket", "Atölye çalışması", "Toplantı", "Arama konferansı", "Çalıştay"),
    ),
    "pestle": Given(
        "PESTLE etkeni", ("Politik", "Ekonomik", "Sosyokültürel", "Teknolojik", "Yasal", "Çevresel")
    ),
    "tendency": Given("Eğilim", ("Pozitif", "Belirsiz", "Negatif")),
    "gzft": Given("GZFT boyutu", ("Güçlü yön", "Zayıf yön", "Fırsat", "Tehdit")),
    "gzft_cross": Given("GZFT stratejisi", ("GF", "GT", "ZF", "ZT")),
    "value_family": Given("Temel değer ailesi", ("Kişiler", "Süreçler", "Performans")),
    "realisation": Given("Gerçekleşme", ("Ulaşıldı", "Makul", "Ulaşılamadı")),
    "answer": Given("Yanıt", ("Evet", "Hayır", "Kısmen")),
    "activity": Given("Faaliyet türü", ("Faaliyet", "Proje")),
    "relation": Given("İlişki", ("İlgili",)),
    "analysis": Given(
        "Durum analizi bölümü",
        tuple(one.title for one in CHAPTERS if one.code.startswith("3.") and one.code not in ("3.A", "3.J")),
    ),
}


def picked(type: str, own: Iterable[str] = ()) -> tuple[str, list[str]]:
    """A type as it is picked, "number" or "choice:gzft", as (type, choices); a choice without a list has `own`."""
    kind, _, given = type.partition(":")
    return kind, list(GIVEN[given].values if given else own if kind == "choice" else ())


def as_picked(column: Column) -> str:
    """The same back: a choice is named by the list that it is."""
    if column["type"] == "choice":
        same = (name for name, given in GIVEN.items() if list(given.values) == column["choices"])
        return ":".join(["choice", *list(same)[:1]])
    return column["type"]


def column(
    key: str,
    title: str,
    type: str = "text",
    *,
    required: bool = True,
    choices: Iterable[str] = (),
) -> Column:
    return {"key": key, "title": title, "type": type, "required": required, "choices": list(choices)}


def _of_rows(key: str, title: str, heads: Sequence[str]) -> Column:
    return column(key, title, GIVEN_ROWS if heads else "text", choices=heads)


def matrix(
    rows: str,
    columns: Iterable[str],
    *,
    type: str = "text",
    choices: Iterable[str] = (),
    required: bool = False,
    heads: Sequence[str] = (),
) -> list[Column]:
    """`rows` says what a row stands for; each cell is of one type. Without `heads` the group types the rows."""
    cells = [
        column(f"c{number}", title, type, required=required, choices=choices)
        for number, title in enumerate(columns, 1)
    ]
    return [_of_rows("head", rows, heads), *cells]


def statements(title: str, *, families: str = "", own: Iterable[str] = ()) -> list[Column]:
    """A list of short statements, each in one of the families where some are picked ("choice:gzft")."""
    told = column("text", title, "long")
    choices = picked(families, own)[1]
    return [column("family", _head(families), "choice", choices=choices), told] if choices else [told]


def _head(families: str) -> str:
    given = GIVEN.get(families.partition(":")[2])
    return given.title if given else "Boyut"


def figures(title: str, *, heads: Sequence[str] = ()) -> list[Column]:
    """Numbers with unit, day and source. Without `heads` the group names them itself."""
    return [
        _of_rows("name", title, heads),
        column("value", "Değer", "number"),
        column("unit", "Birim", required=False),
        column("day", "Tarih", "date"),
        column("source", "Kaynak"),
    ]


def heads(columns: Sequence[Column]) -> list[str]:
    """The rows that the template names; none where the group types them."""
    return columns[0]["choices"] if columns and columns[0]["type"] == GIVEN_ROWS else []
