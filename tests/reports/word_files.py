"""Word files as municipalities write them: by Word, by LibreOffice, with and without styles, long and short.

Each `Made` says which paragraphs and tables belong to which section, so that a test can count what was
placed right: a word that stands nowhere else marks each of them.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field
from itertools import count

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from PIL import Image

TEXT = (
    "Belediyemizin hizmet alanında yürütülen çalışmalar {mark} başlığı altında değerlendirilmiş; İlçe Çalıştayı’na "
    "katılan birimlerin görüşleri alınmıştır."
)
HEADS = ("Paydaş adı", "Önem", "İzlenecek yol")
ROWS = (("Mahalle muhtarları", "5", "Bilgilendir"), ("Belediye personeli", "4,5", "İzle"))
# What a report asks for: its sections' titles as the guide has them; the last is a table.
TITLES = ("Kurumsal tarihçe", "Mevzuat analizi", "Paydaş analizi", "GZFT analizi", "Paydaş önceliklendirme")
COLUMNS = [
    {"key": "stakeholder", "title": "Paydaş", "type": "text", "required": True, "choices": []},
    {"key": "weight", "title": "Önem derecesi", "type": "number", "required": True, "choices": []},
    {
        "key": "way",
        "title": "İzlenecek yol",
        "type": "choice",
        "required": False,
        "choices": ["İzle", "Bilgilendir"],
    },
]
W = nsdecls("w")


@dataclass
class Made:
    """A document while it is written, and where each of its pieces belongs: a section's number, or None."""

    document: docx.document.Document = field(default_factory=docx.Document)
    belongs: dict[str, int | None] = field(default_factory=dict)
    serial: count = field(default_factory=lambda: count(1))

    def mark(self, section: int | None) -> str:
        word = f"işaret{next(self.serial):05}"
        self.belongs[word] = section
        return word

    def text(self, section: int | None, style: str | None = None, **look):
        paragraph = self.document.add_paragraph(style=style)
        run = paragraph.add_run(TEXT.format(mark=self.mark(section)))
        for name, value in look.items():
            setattr(run, name, value)
        return paragraph

    def table(self, section: int | None, heads=HEADS, rows=ROWS, *, marked: bool = True):
        table = self.document.add_table(rows=0, cols=len(heads))
        table.style = "Table Grid"
        lines = [heads, *rows]
        if marked:
            lines.append((self.mark(section), "3", "İzle", *[""] * 9)[: len(heads)])
        for line in lines:
            for cell, words in zip(table.add_row().cells, line, strict=True):
                cell.text = words
        return table

    def heading(self, words: str, level: int = 1):
        return self.document.add_heading(words, level)

    def picture(self, alt: str, colour: str = "navy"):
        held = io.BytesIO()
        Image.new("RGB", (60, 40), colour).save(held, "PNG")
        held.seek(0)
        self.document.add_picture(held)
        self.document.paragraphs[-1]._p.xpath(".//wp:docPr")[0].set("descr", alt)

    def bytes(self) -> bytes:
        held = io.BytesIO()
        self.document.save(held)
        return held.getvalue()


def plain() -> Made:
    """Word's own styles, titles as they were asked for."""
    made = Made()
    for number, title in enumerate(TITLES[:4], 1):
        made.heading(title)
        for _ in range(4):
            made.text(number)
    made.heading(TITLES[4])
    made.table(5)
    return made


def numbered_capitals() -> Made:
    """A cover, titles numbered and in capitals, typed without Turkish letters, sub-headings, lists."""
    made = Made()
    made.document.add_paragraph("T.C. KARESİ BELEDİYE BAŞKANLIĞI", style="Title")
    made.text(None)
    for number, title in enumerate(
        (
            "1. KURUMSAL TARİHÇE",
            "2) MEVZUAT ANALIZI",
            "III. PAYDAŞLARIN ANALİZİ",
            "4- GZFT ANALİZİ SONUÇLARI",
        ),
        1,
    ):
        made.heading(title)
        made.text(number)
        made.heading(f"{number}.1. Yöntem", 2)
        for style in ("List Bullet", "List Bullet 2", "List Bullet 3", "List Number"):
            made.text(number, style)
        made.heading(f"{number}.2. Bulgular ve değerlendirme", 2)
        made.text(number)
    made.heading("5. Paydaşların Önceliklendirilmesi")
    made.table(5)
    return made


def bold_without_styles() -> Made:
    """No heading style anywhere: titles are bold lines, as people write them."""
    made = Made()
    for number, title in enumerate(TITLES[:4], 1):
        made.document.add_paragraph().add_run(f"{number}. {title}").bold = True
        made.text(number)
        made.document.add_paragraph().add_run("Değerlendirme").bold = True
        made.text(number)
    made.document.add_paragraph().add_run("5. PAYDAŞ ÖNCELİKLENDİRME").bold = True
    made.table(5)
    return made


def no_headings() -> Made:
    """Not a title anywhere: everything waits for a decision, and all of it is shown."""
    made = Made()
    for _ in range(12):
        made.text(None)
    return made


def pictures() -> Made:
    made = plain()
    made.heading("Paydaş Analizi")
    for colour, alt in (("navy", "Paydaş haritası"), ("olive", "")):
        made.picture(alt, colour)
        made.document.add_paragraph("Şekil: Paydaşların dağılımı", style="Caption")
        made.text(3)
    return made


def footnotes() -> Made:
    made = plain()
    reference = f'<w:r {W}><w:footnoteReference w:id="2"/></w:r>'
    made.document.paragraphs[1]._p.append(parse_xml(reference))
    return made


FOOTNOTES = (
    f'<w:footnotes {W}><w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
    '<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> 5393 sayılı Kanun, '
    "md. 41 &amp; ilgili tebliğ.</w:t></w:r></w:p></w:footnote></w:footnotes>"
)


def with_footnotes(content: bytes) -> bytes:
    """The part that python-docx cannot write."""
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    return changed(
        content,
        add={"word/footnotes.xml": FOOTNOTES},
        edit={
            "[Content_Types].xml": (
                "</Types>",
                f'<Override PartName="/word/footnotes.xml" ContentType="{kind}"/></Types>',
            ),
            "word/_rels/document.xml.rels": (
                "</Relationships>",
                f'<Relationship Id="rIdF" Type="{relation}" Target="footnotes.xml"/></Relationships>',
            ),
        },
    )


def changed(content: bytes, *, add=None, edit=None) -> bytes:
    """The file with members added or exchanged, and with words replaced in others."""
    held = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name in (add or {}):
                continue
            part = old.read(name)
            if name in (edit or {}):
                part = part.replace(*(words.encode() for words in edit[name]))
            new.writestr(name, part)
        for name, part in (add or {}).items():
            new.writestr(name, part)
    return held.getvalue()


def tracked() -> Made:
    """Marked changes: what was added counts, what was struck does not; a moved sentence stands once."""
    made = plain()
    paragraph = made.document.paragraphs[1]._p
    for tag, words in (("ins", "EKLENEN"), ("moveTo", "TAŞINAN"), ("moveFrom", "ESKİYER")):
        run = f"<w:r><w:t> {words} </w:t></w:r>"
        paragraph.append(parse_xml(f'<w:{tag} {W} w:id="1" w:author="Ayşe Demir">{run}</w:{tag}>'))
    struck = "<w:r><w:delText>SİLİNEN</w:delText></w:r>"
    paragraph.append(parse_xml(f'<w:del {W} w:id="2" w:author="Ayşe Demir">{struck}</w:del>'))
    return made


def libreoffice() -> Made:
    """Styles with the names that LibreOffice and a Turkish Word write, text in content controls and boxes."""
    made = Made()
    names = {"Heading 1": "Başlık 1", "Heading 2": "Başlık_20_2", "List Bullet": "Liste Paragraf"}
    for style in made.document.styles:
        if style.name in names:
            style.element.find(f"{{{style.element.nsmap['w']}}}name").set(
                f"{{{style.element.nsmap['w']}}}val", names[style.name]
            )
    for number, title in enumerate(TITLES[:4], 1):
        made.document.add_paragraph(f"{number}.  {title.upper()}", style=made.document.styles["Başlık 1"])
        made.text(number)
        words = TEXT.format(mark=made.mark(number))
        made.document.element.body.insert(
            -1,
            parse_xml(
                f"<w:sdt {W}><w:sdtContent><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:sdtContent></w:sdt>"
            ),
        )
        box = TEXT.format(mark=made.mark(number))
        made.document.add_paragraph()._p.append(
            parse_xml(
                f'<w:r {W} xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:shape><v:textbox><w:txbxContent><w:p>'
                f"<w:r><w:t>{box}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
            )
        )
    outlined = made.document.add_paragraph("Paydaş önceliklendirmesi")
    outlined._p.get_or_add_pPr().append(parse_xml(f'<w:outlineLvl {W} w:val="0"/>'))
    made.table(5)
    return made


def tables() -> Made:
    """Tables that are text, tables that are a section's rows, merged cells, a frame of one cell, one nested."""
    made = plain()
    made.heading("Mevzuat Analizi")
    other = made.table(
        2, ("Yükümlülük", "Dayanak", "Tespit"), (("Yol yapımı", "5393 md. 14", "Yürütülüyor"),)
    )
    other.cell(0, 0).merge(other.cell(0, 1))
    frame = made.document.add_table(rows=1, cols=1)
    frame.cell(0, 0).text = TEXT.format(mark=made.mark(2))
    outer = made.document.add_table(rows=1, cols=2)
    outer.cell(0, 0).text = TEXT.format(mark=made.mark(2))
    outer.cell(0, 1).add_table(rows=1, cols=2).cell(0, 1).text = made.mark(2)
    made.heading("Ek tablo: önceliklendirme")
    table = made.table(5, ("Önem derecesi", "Paydaşlar", "Yol"), (("2", "Üniversite", "İzle"),), marked=False)
    table.add_row().cells[1].text = made.mark(5)
    table.cell(1, 0).merge(table.cell(2, 0))
    return made


def long(pages: int) -> Made:
    """A page is some 15 paragraphs; sub-headings on each second page."""
    made = Made()
    for number, title in enumerate(TITLES[:4], 1):
        made.heading(f"{number}. {title}")
        for page in range(pages // 4):
            if page % 2:
                made.heading(f"{number}.{page}. Alt başlık", 2)
            for _ in range(14):
                made.text(number)
    made.heading("5. Paydaş Önceliklendirme")
    made.table(5)
    return made
