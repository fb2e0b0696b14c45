"""How the tests ask for the group's pages: the address of a report's page, and a save with or without a script."""

SCRIPT = {"Accept": "application/json", "X-Requested-With": "fetch"}


def url(report, *parts):
    return "/".join([f"/reports/{report.pk}", *map(str, parts), ""])


def save(client, report, number=1, *, script=True, **fields):
    fields = {"version": 0, "html": "<p>Bir söz.</p>"} | fields
    return client.post(url(report, "sections", number, "save"), fields, headers=SCRIPT if script else {})
