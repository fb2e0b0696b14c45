"""python -m tests.reports.libreoffice.make: have LibreOffice write the Word files of this folder anew.

Needs `soffice` (Debian: libreoffice-writer-nogui); the tests read what stands here and need nothing.
The sources are flat OpenDocument and HTML; marks.json keeps which words belong to which section.
"""

from __future__ import annotations

import base64
import io
import json
import subprocess
import tempfile
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from PIL import Image

from tests.reports.word_files import HEADS, ROWS, TEXT, TITLES

FOLDER = Path(__file__).parent
MARKS = FOLDER / "marks.json"
SPACES = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in {
        **{
            name: f"urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"
            for name, space in {
                **{name: name for name in ("office", "style", "text", "table")},
                "draw": "drawing",
                "fo": "xsl-fo-compatible",
                "svg": "svg-compatible",
            }.items()
        },
        "xlink": "http://www.w3.org/1999/xlink",
        "dc": "http://purl.org/dc/elements/1.1/",
    }.items()
)
NAMED = {
    "Standard": "",
    "Text body": "Standard",
    "Heading": "Standard",
    "Illustration": "Standard",
    "Title": "Heading",
}
NAMED |= {"Heading 1": "Heading", "Heading 2": "Heading", "Contents 1": "Standard"}


def named(name: str, parent: str) -> str:
    """A style that LibreOffice itself has, by its own name."""
    level = f' style:default-outline-level="{name[-1]}"' if name[:-1] == "Heading " else ""
    rests = f' style:parent-style-name="{parent}"' if parent else ""
    return (
        f'<style:style style:name="{name.replace(" ", "_20_")}" style:display-name="{name}" '
        f'style:family="paragraph"{rests}{level}/>'
    )


STYLES = (
    '<style:style style:name="Bold" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="Break" style:family="paragraph" style:parent-style-name="Text_20_body">'
    '<style:paragraph-properties fo:break-before="page"/></style:style>'
    '<text:list-style style:name="Bullets">'
    + "".join(f'<text:list-level-style-bullet text:level="{n}" text:bullet-char="•"/>' for n in (1, 2, 3))
    + '</text:list-style><text:list-style style:name="Numbers">'
    + "".join(
        f'<text:list-level-style-number text:level="{n}" style:num-suffix="." style:num-format="1"/>'
        for n in (1, 2, 3)
    )
    + "</text:list-style>"
)


@dataclass
class Source:
    """A document while it is written, and where each of its words belongs."""

    belongs: dict[str, int | None] = field(default_factory=dict)
    parts: list[str] = field(default_factory=list)
    changes: list[str] = field(default_factory=list)
    serial: count = field(default_factory=lambda: count(1))

    def words(self, section: int | None) -> str:
        mark = f"işaret{next(self.serial):05}"
        self.belongs[mark] = section
        return TEXT.format(mark=mark)

    def add(self, *parts: str) -> None:
        self.parts += parts

    def text(self, section: int | None, more: str = "", style: str = "Text_20_body") -> None:
        self.add(f'<text:p text:style-name="{style}">{self.words(section)}{more}</text:p>')

    def heading(self, words: str, level: int = 1) -> None:
        self.add(
            f'<text:h text:style-name="Heading_20_{level}" text:outline-level="{level}">{words}</text:h>'
        )

    def items(self, section: int, style: str = "Bullets") -> None:
        """Three items, each below the one before."""
        told = [f"<text:p>{self.words(section)}</text:p>" for _ in range(3)]
        inner = "".join(f"<text:list><text:list-item>{words}" for words in told[1:])
        self.add(
            f'<text:list text:style-name="{style}"><text:list-item>{told[0]}{inner}'
            + "</text:list-item></text:list>" * 3
        )

    def table(self, rows: list[list[str]], *, head: bool = True) -> None:
        """Rows of cells as written: words, or a whole <table:table-cell>."""
        lines = [
            "".join(
                cell
                if cell.startswith("<table:")
                else f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
                for cell in row
            )
            for row in rows
        ]
        lines = [f"<table:table-row>{line}</table:table-row>" for line in lines]
        if head:
            lines[0] = f"<table:table-header-rows>{lines[0]}</table:table-header-rows>"
        wide = f'<table:table-column table:number-columns-repeated="{len(rows[-1])}"/>'
        self.add(f"<table:table>{wide}{''.join(lines)}</table:table>")

    def asked_table(self) -> None:
        """The rows of the last section, under heads that say almost the same."""
        last = [self.words(5), "3", "İzle"]
        self.table([list(HEADS), *map(list, ROWS), last])

    def fodt(self) -> str:
        tracked = "".join(self.changes)
        changes = f'<text:tracked-changes text:track-changes="true">{tracked}</text:tracked-changes>'
        return (
            f'<?xml version="1.0" encoding="UTF-8"?><office:document {SPACES} office:version="1.3" '
            'office:mimetype="application/vnd.oasis.opendocument.text">'
            f"<office:styles>{''.join(named(*one) for one in NAMED.items())}</office:styles>"
            f"<office:automatic-styles>{STYLES}</office:automatic-styles>"
            f"<office:body><office:text>{changes if tracked else ''}{''.join(self.parts)}</office:text></office:body>"
            "</office:document>"
        )


def note(words: str, kind: str = "footnote") -> str:
    return (
        f'<text:note text:note-class="{kind}"><text:note-citation>1</text:note-citation>'
        f"<text:note-body><text:p>{words}</text:p></text:note-body></text:note>"
    )


def contents(*titles: str) -> str:
    """The table of contents as LibreOffice keeps it: what it is made of, and how it stood last."""
    lines = [
        f'<text:p text:style-name="Contents_20_1">{n}. {title}\t{n}</text:p>'
        for n, title in enumerate(titles, 1)
    ]
    return (
        '<text:table-of-content text:name="İçindekiler"><text:table-of-content-source text:outline-level="2"/>'
        "<text:index-body><text:index-title text:name='t'><text:p>İçindekiler</text:p></text:index-title>"
        + "".join(lines)
        + "</text:index-body></text:table-of-content>"
    )


def picture(alt: str, colour: str) -> str:
    held = io.BytesIO()
    Image.new("RGB", (60, 40), colour).save(held, "PNG")
    drawn = base64.b64encode(held.getvalue()).decode()
    return (
        '<draw:frame text:anchor-type="as-char" svg:width="3cm" svg:height="2cm">'
        f"<draw:image><office:binary-data>{drawn}</office:binary-data></draw:image>"
        f"<svg:desc>{alt}</svg:desc></draw:frame>"
    )


def boxed(words: str) -> str:
    """A frame of text beside the paragraph."""
    return (
        '<draw:frame text:anchor-type="paragraph" svg:width="6cm" svg:height="2cm"><draw:text-box>'
        f"<text:p>{words}</text:p></draw:text-box></draw:frame>"
    )


def spanned(words: str, columns: int = 1, rows: int = 1) -> str:
    spans = f'table:number-columns-spanned="{columns}" table:number-rows-spanned="{rows}"'
    covered = "<table:covered-table-cell/>" * (columns - 1)
    return f"<table:table-cell {spans}><text:p>{words}</text:p></table:table-cell>{covered}"


def headings_lists_notes() -> Source:
    """Titles numbered and in capitals, sub-headings, lists within lists, foot- and endnotes, page breaks."""
    made = Source()
    made.add('<text:p text:style-name="Title">DURUM ANALİZİ RAPORU</text:p>')
    made.text(None)
    made.add(contents(*TITLES))
    for number, title in enumerate(TITLES[:4], 1):
        made.heading(f"{number}. {title.replace('i', 'İ').replace('ı', 'I').upper()}")
        made.text(number, note("5393 sayılı Kanun, md. 41 &amp; ilgili tebliğ."))
        made.heading(f"{number}.1. Yöntem", 2)
        made.items(number)
        made.items(number, "Numbers")
        made.heading(f"{number}.2. Bulgular", 2)
        made.text(number, note("Çalıştay tutanağı.", "endnote"), style="Break")
    made.heading("5. Paydaşların Önceliklendirilmesi")
    made.asked_table()
    return made


def changed(made: Source, kind: str, words: str) -> str:
    """A marked change where it stands in the text: what was put in, or the place of what was struck."""
    name = f"ct{len(made.changes)}"
    info = (
        "<office:change-info><dc:creator>Ayşe Demir</dc:creator><dc:date>2026-03-02T10:00:00</dc:date>"
        "</office:change-info>"
    )
    struck = f"<text:p>{words}</text:p>" if kind == "deletion" else ""
    made.changes.append(
        f'<text:changed-region text:id="{name}"><text:{kind}>{info}{struck}</text:{kind}></text:changed-region>'
    )
    if struck:
        return f'<text:change text:change-id="{name}"/>'
    return f'<text:change-start text:change-id="{name}"/>{words}<text:change-end text:change-id="{name}"/>'


def marked_changes() -> Source:
    """Words put in and struck with the marks kept, a remark in the margin."""
    made = Source()
    for number, title in enumerate(TITLES[:4], 1):
        made.heading(title)
        made.text(number, changed(made, "insertion", f" EKLENEN{number}."))
        made.text(number, changed(made, "deletion", f" SİLİNEN{number}."))
        made.text(
            number,
            "<office:annotation><dc:creator>Ayşe Demir</dc:creator><text:p>Kaynağı?</text:p></office:annotation>",
        )
    made.heading(TITLES[4])
    made.asked_table()
    return made


def tables_and_pictures() -> Source:
    """Tables with merged cells among the text, pictures with and without words, a frame of text."""
    made = Source()
    for number, title in enumerate(TITLES[:4], 1):
        made.heading(f"{number}. {title}")
        made.text(number)
        made.table(
            [
                [spanned("Dayanak", columns=2), "Tespit"],
                [spanned("5393", rows=2), made.words(number), "Yürütülüyor"],
                ["<table:covered-table-cell/>", made.words(number), "Başlamadı"],
            ]
        )
        made.add(f"<text:p>{picture('Paydaş haritası' if number % 2 else '', 'navy')}</text:p>")
        made.add('<text:p text:style-name="Illustration">Şekil: Dağılım</text:p>')
        made.text(number, boxed(made.words(number)))
    made.heading("5. PAYDAŞ ÖNCELİKLENDİRME TABLOSU")
    made.asked_table()
    return made


def bold_lines() -> Source:
    """No heading style: titles are bold lines."""
    made = Source()
    for number, title in enumerate(TITLES[:4], 1):
        made.add(f'<text:p><text:span text:style-name="Bold">{number}. {title}</text:span></text:p>')
        made.text(number, style="Standard")
        made.add('<text:p><text:span text:style-name="Bold">Değerlendirme</text:span></text:p>')
        made.items(number)
    made.add('<text:p><text:span text:style-name="Bold">5. Paydaş önceliklendirme</text:span></text:p>')
    made.asked_table()
    return made


def web_page() -> Source:
    """A page of HTML opened in Writer and kept as Word: its own tags, entities, a table, lists."""
    made = Source()
    for number, title in enumerate(TITLES[:4], 1):
        made.add(f"<h1>{title}</h1>", f"<p>{made.words(number)}</p>")
        made.add(f"<ul><li>{made.words(number)}<ol><li>{made.words(number)}</li></ol></li></ul>")
        made.add(f"<h2>Değerlendirme</h2><p><b>{made.words(number)}</b><br>&nbsp;</p>")
    lines = [list(HEADS), *map(list, ROWS), [made.words(5), "3", "İzle"]]
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in line)}</tr>" for line in lines)
    made.add(f"<h1>{TITLES[4]}</h1><table border='1'>{rows}</table>")
    return made


SOURCES = {
    "headings-lists-notes": headings_lists_notes,
    "marked-changes": marked_changes,
    "tables-and-pictures": tables_and_pictures,
    "bold-lines": bold_lines,
    "web-page": web_page,
}


def main() -> None:
    marks = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, write in SOURCES.items():
            made = write()
            marks[name] = made.belongs
            page = name == "web-page"
            source = Path(folder, f"{name}.{'html' if page else 'fodt'}")
            body = "<meta charset='utf-8'><body>{}</body>".format("".join(made.parts))
            source.write_text(body if page else made.fodt())
            kind = ["--infilter=HTML (StarWriter)"] if page else []
            subprocess.run(
                ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", *kind,
                 "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(FOLDER), str(source)],
                check=True,
            )  # fmt: skip
    MARKS.write_text(json.dumps(marks, ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    main()
