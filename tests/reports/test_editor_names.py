"""What a screen reader is told of the editor: each thing by its role, its name and its state."""

import re

import pytest
from playwright.sync_api import expect

from tests.reports.editing import text

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.reports.editor_urls"),
]
TABLE = "<table><tr><th>Paydaş</th><th>Önem</th></tr><tr><td>Muhtarlar</td><td>5</td></tr></table>"
FIGURE = (
    '<figure><img alt="İlçe haritası" src="/files/12/picture/"><figcaption>Mahalleler</figcaption></figure>'
)
NOTE = '<sup data-note="5393 sayılı Kanun, md. 41"></sup>'


def told(locator) -> str:
    """As the browser tells it, line by line, without the fields' own words of help."""
    return re.sub(r"\n *- (text:|paragraph|separator).*", "", locator.aria_snapshot())


def test_the_tools_have_names_and_say_what_is_pressed_and_what_cannot_be(open_section):
    page = open_section(html=f"<p><strong>Söz</strong></p>{TABLE}")
    text(page).get_by_text("Söz").click()
    bold = page.get_by_role("button", name="Kalın")
    expect(bold).to_have_attribute("aria-pressed", "true")
    tools = page.get_by_role("toolbar", name="Metin araçları")
    assert (
        told(tools)
        == """\
- toolbar "Metin araçları":
  - button "Kalın" [pressed]
  - button "İtalik"
  - button "Alt başlık"
  - button "İkinci düzey alt başlık"
  - button "Madde işaretli liste"
  - button "Numaralı liste"
  - button "Bağlantı"
  - button "Dipnot"
  - button "Resim ekle"
  - button "Resme gönderme yap"
  - button "Tablo ekle"
  - button "Geri al" [disabled]
  - button "Yinele" [disabled]"""
    )
    text(page).get_by_text("Muhtarlar").click()
    of_table = tools.get_by_role("group")
    expect(of_table).to_be_visible()
    assert (
        told(of_table)
        == """\
- group "Tablo araçları":
  - button "Satır ekle": Satır
  - button "Satırı sil": Satır
  - button "Sütun ekle": Sütun
  - button "Sütunu sil": Sütun
  - button "Başlık satırı"
  - button "Başlık sütunu"
  - button "Tabloyu sil\""""
    )


def test_the_text_is_one_field_and_tells_what_stands_in_it(open_section):
    page = open_section(html=f"<h3>Yöntem</h3><p>Puanlandı{NOTE}.</p>{TABLE}{FIGURE}")
    field = text(page)
    expect(field).to_have_attribute("aria-multiline", "true")
    expect(field).to_have_accessible_description(re.compile("^Rehber ne ister.*Alt\\+F10 araçlara"))
    assert (
        told(field)
        == """\
- textbox "Bölüm metni":
  - heading "Yöntem" [level=3]
    - note "5393 sayılı Kanun, md. 41"
  - table:
    - rowgroup:
      - row "Paydaş Önem":
        - columnheader "Paydaş":
        - columnheader "Önem":
      - row "Muhtarlar 5":
        - cell "Muhtarlar":
        - cell "5":
  - figure "Mahalleler":
    - img "İlçe haritası\""""
    )


def test_rows_are_cells_under_heads_with_a_named_field_in_each(open_section):
    page = open_section("table", rows=[{"name": "Muhtarlar", "way": "Bilgilendir"}])
    table = page.get_by_role("region", name="Paydaş listesi").get_by_role("table")
    heads = ["Sıra", "Paydaş", "İzlenecek yol", "Önem", "Başlangıç", "Gerekçe", "Satır"]
    found = [
        head.split(" (")[0].split(" gg.")[0] for head in table.get_by_role("columnheader").all_inner_texts()
    ]
    assert found == heads
    row = table.get_by_role("row").filter(has=page.get_by_role("rowheader", name="1", exact=True))
    assert (
        re.sub(r"\n +- option.*", "", told(row)).partition("\n")[2]
        == """\
  - rowheader "1"
  - cell "Muhtarlar":
    - textbox "Paydaş": Muhtarlar
  - cell "Bilgilendir":
    - combobox "İzlenecek yol":
  - cell:
    - textbox "Önem"
  - cell:
    - textbox "Başlangıç"
  - cell:
    - textbox "Gerekçe"
  - cell "Satırı yukarı taşı Satırı aşağı taşı Satırı kaldır":
    - button "Satırı yukarı taşı"
    - button "Satırı aşağı taşı"
    - button "Satırı kaldır\""""
    )


@pytest.mark.parametrize(
    ("tool", "fields"),
    [
        (
            "Resim ekle",
            """
  - 'button "Dosya: PNG veya JPG"'
  - textbox "Ne gösterdiği (resmi göremeyenler için)"
  - textbox "Resim altı yazısı (isteğe bağlı)"
  - alert
  - button "Resmi ekle\"""",
        ),
        ("Bağlantı", '\n  - textbox "Adres"\n  - button "Bağlantıyı koy"'),
        ("Dipnot", '\n  - textbox "Dipnotun metni"\n  - button "Dipnotu koy"'),
    ],
)
def test_what_the_tools_ask_for_is_a_dialog_of_the_tools_name(open_section, tool, fields):
    page = open_section(html="<p>Söz</p>")
    text(page).click()
    page.keyboard.press("Alt+F10")
    page.get_by_role("button", name=tool, exact=True).focus()
    page.keyboard.press("Enter")
    asked = page.get_by_role("dialog", name=tool)
    expect(asked).to_be_visible()
    assert told(asked) == f'- dialog "{tool}":\n  - heading "{tool}" [level=2]{fields}\n  - button "Vazgeç"'
    assert asked.evaluate("(dialog) => dialog.contains(document.activeElement)")
    page.keyboard.press("Escape")
    expect(asked).to_be_hidden()
