"""Whatever is typed into the reports' room is words: nothing of it runs, and no page breaks its own policy."""

from itertools import product

import pytest
from django.utils import timezone

from documents.reports import services
from documents.reports.models import SectionDecision
from tests.factories import reports as make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NOW = timezone.now()
CALLS = ("alert(1)", "alert`1`", "top['al'+'ert'](1)", "&#97;lert(1)")
CARRIERS = (
    "<script>{}</script>", "<ScRiPt >{}</sCrIpT>", "<scr<script>ipt>{}</script>", "<script\n>{}</script\n>",
    "<img src=x onerror={}>", "<img/src/onerror={}>", "<img src=/files/1/picture/ alt=x onerror={}>",
    "<img src='/files/1/picture/' alt='\"onload={}'>", "<svg onload={}>", "<svg/onload={}//", "<body onload={}>",
    "<svg><script>{}</script></svg>", "<svg><animate onbegin={} attributeName=x dur=1s>", "<math><mi//xlink:href=\"javascript:{}\">",
    "<a href=\"javascript:{}\">x</a>", "<a href=\" java\tscript:{}\">x</a>", "<a href='data:text/html,<script>{}</script>'>x</a>",
    "<iframe src=\"javascript:{}\"></iframe>", "<iframe srcdoc='<script>{}</script>'></iframe>", "<object data=\"javascript:{}\">",
    "<embed src=\"javascript:{}\">", "<form action=\"javascript:{}\"><button>x</button></form>", "<input autofocus onfocus={}>",
    "<details open ontoggle={}>x</details>", "<video><source onerror={}></video>", "<audio src=x onerror={}>", "<marquee onstart={}>x</marquee>",
    "<style>@import 'javascript:{}';</style>", "<p style=\"background:url(javascript:{})\">x</p>", "<link rel=stylesheet href=\"javascript:{}\">",
    "<meta http-equiv=refresh content=\"0;url=javascript:{}\">", "<base href=\"javascript:{}//\">", "\"><script>{}</script>", "'><svg onload={}>",
    "</textarea><script>{}</script>", "</title><script>{}</script>", "--><script>{}</script>", "]]><script>{}</script>",
    "<!--<img src=\"--><img src=x onerror={}//\">", "<noscript><p title=\"</noscript><img src=x onerror={}>\">", "<template><script>{}</script></template>",
    "{{{{constructor.constructor('{}')()}}}}", "${{{}}}", "<p hx-on:load=\"{}\" hx-get=/ hx-trigger=load>x</p>", "<p onclick={} data-act=x>x</p>",
    "<sup data-note='<img src=x onerror={}>'></sup>", "<a data-figure='1\" onmouseover={}'>x</a>", "<figure><figcaption><img src=x onerror={}></figcaption></figure>",
    "<table background=\"javascript:{}\"><tr><td onmouseover={}>x</td></tr></table>", "\\u003cscript\\u003e{}\\u003c/script\\u003e", "%3Cscript%3E{}%3C/script%3E",
)  # fmt: skip
PAYLOADS = [carrier.replace("{}", call) for carrier, call in product(CARRIERS, CALLS)]
ALL = "\n\n".join(PAYLOADS)
ONE = "\"'><img src=x onerror=alert(1)>"


def fill(house):
    """A report in whose every field the payloads stand, returned by the team and answered."""
    officer, rapporteur = house.people["officer"], house.people["rapporteur"]
    template = services.save_template(name=f"Şablon {ONE}", purpose=ALL, is_active=True, by=officer)
    columns = [{"key": "k", "title": ONE, "type": "long", "required": False, "choices": []}]
    for title, kind in (("Metin", "text"), ("Tablo", "table")):
        services.save_template_section(
            template=template, title=f"{title} {ONE}", kind=kind, columns=columns if kind == "table" else [],
            required=True, length_hint=None, chapter="3.F", help=ALL, by=officer, now=NOW,
        )  # fmt: skip
    report = make.requested(house.group, of=template, title=f"Rapor {ONE}")

    def save(number, **given):
        section = report.sections.get(number=number)
        return services.save_section(
            section=section, revision=section.revision, by=rapporteur, now=NOW, **given
        )

    picture = make.picture(report, by=rapporteur)
    html = ALL.replace("/files/1/", f"/files/{picture.pk}/")
    text = save(1, html=html)
    save(2, rows=[{"k": payload} for payload in PAYLOADS])
    said = services.comment(section=text, text=f"@Nuri Balcı {ALL}"[:4000], quote=ONE, by=rapporteur, now=NOW)
    services.comment(section=text, text=ALL[-4000:], answers=said, by=rapporteur, now=NOW)
    services.attach(section=text, upload=make.upload(f"ek {ONE}.pdf"), by=rapporteur, now=NOW)
    make.submit(report)
    for frozen in report.versions.get().sections.all():
        services.decide(
            section_version=frozen, choice=SectionDecision.Choice.RETURN, revision=0, reason=ALL,
            by=house.people["unit_rep"], now=NOW,
        )  # fmt: skip
    services.close(report=report, by=house.people["team_chair"], now=NOW)
    section = save(1, html=f"{html}<p>Son</p>", answer=ALL)
    services.mark_answered(section=section, answer=ALL, by=rapporteur, now=NOW)
    return report


def test_nothing_that_is_typed_runs_on_any_page_of_the_room(house, enter, new_tab):
    assert len(PAYLOADS) >= 200
    report = fill(house)
    one = f"/reports/{report.pk}/"
    state = report.sections.get(number=1).history.last().history_id
    pages = {
        "rapporteur": [
            one, f"{one}sections/1/", f"{one}sections/2/", f"{one}sections/1/states/?at={state}", f"{one}find/?q=script",
            f"{one}writers/", f"{one}submit/", f"{one}versions/1/", f"/history/reports/report/{report.pk}/", "/reports/",
        ],
        "officer": [f"/reports/templates/{report.template_id}/", "/"],
    }  # fmt: skip
    ran, refused = [], []

    def dismissed(dialog):
        ran.append(dialog.page.url)
        dialog.dismiss()

    for who, addresses in pages.items():
        page = new_tab(session=enter(house.people[who]).cookies["sessionid"].value)
        page.on("dialog", dismissed)
        for address in addresses:
            assert page.goto(address).status == 200, address
            page.wait_for_timeout(150)
            refused += [f"{address} {violation}" for violation in page.evaluate("window.refused")]
    assert (ran, refused) == ([], [])
