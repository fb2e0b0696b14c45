"""The owner of the database lifts the triggers and changes what was: each way is found and named."""

from __future__ import annotations

import datetime as dt
import io
import json
import subprocess
import sys

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from common.audit import canonical, chain, checkpoints, keys
from common.audit.export import export
from common.audit.models import Checkpoint, Entry, Head
from common.audit.reconcile import history_of
from institution.models import Body
from tests.audit.conftest import sql
from tests.factories.base import unit
from tests.machine import ROOT
from tests.triggers import lifted

VERIFIER = ROOT / "tools" / "verify_export.py"


def entry_of(sealed, nth: int) -> Entry:
    """The entry of the nth change of the group's topic."""
    return Entry.objects.filter(model="institution.body", object_id=sealed.house.group.pk).order_by("seq")[
        nth
    ]


def edit(sealed) -> tuple[str, int]:
    """A history row says something else."""
    entry = entry_of(sealed, 1)
    sql("UPDATE institution_historicalbody SET topic = 'x' WHERE history_id = %s", entry.history_id)
    return "changed", entry.seq


def delete(sealed) -> tuple[str, int]:
    entry = entry_of(sealed, 1)
    sql("DELETE FROM institution_historicalbody WHERE history_id = %s", entry.history_id)
    return "gone", entry.seq


def insert(sealed) -> tuple[str, None]:
    """A history row that nobody wrote."""
    row = Body.history.first()
    row.history_id, row.topic = None, "Uydurma"
    row.save_base(raw=True, force_insert=True)
    return "unlinked", None


def swap(sealed) -> tuple[str, int]:
    """Two changes change places: who was first is told otherwise."""
    one, two = entry_of(sealed, 1), entry_of(sealed, 2)
    fields = ["model", "object_id", "history_id", "act", "at", "actor_id", "actor_name", "digest"]
    theirs = {name: getattr(two, name) for name in fields}
    mine = {name: getattr(one, name) for name in fields}
    Entry.objects.filter(seq=one.seq).update(**theirs | {"history_id": -1})
    Entry.objects.filter(seq=two.seq).update(**mine)
    Entry.objects.filter(seq=one.seq).update(history_id=theirs["history_id"])
    return "link", one.seq


def truncate(sealed) -> tuple[str, int]:
    """The last entries go, with their rows, and the head goes back."""
    last = entry_of(sealed, 2)
    for entry in Entry.objects.filter(seq__gt=last.seq):
        history_of(apps.get_model(entry.model)).objects.filter(history_id=entry.history_id)._raw_delete(
            "default"
        )
    Entry.objects.filter(seq__gt=last.seq)._raw_delete("default")
    Head.objects.update(seq=last.seq, hash=last.hash)
    # And the table says what its history then says last.
    sql("UPDATE institution_body SET topic = %s WHERE id = %s", "Paydaş çalıştayı", sealed.house.group.pk)
    return "cut", last.seq + 1


def rechain(sealed) -> tuple[str, int]:
    """A row is changed and every hash from there on is made anew, with the application's own code."""
    first = entry_of(sealed, 1)
    sql("UPDATE institution_historicalbody SET topic = 'x' WHERE history_id = %s", first.history_id)
    prev = first.prev
    for entry in Entry.objects.filter(seq__gte=first.seq).order_by("seq"):
        if entry.seq == first.seq:
            entry.digest = canonical.digest(Body.history.get(history_id=entry.history_id))
        entry.prev = prev
        entry.hash = prev = chain.seal(entry)
        entry.save()
    Head.objects.update(hash=prev)
    return "other", Checkpoint.objects.last().seq


def swap_file(sealed) -> tuple[str, None]:
    """Another file lies where the stored one was."""
    (settings.MEDIA_ROOT / sealed.blob.path).write_bytes(b"%PDF-1.7 something else")
    return "file_changed", None


def clock(sealed) -> tuple[str, int]:
    """The machine's clock is put back, so that what is written today looks like last week's."""
    now = timezone.now
    try:
        timezone.now = lambda: now() - dt.timedelta(days=7)
        sealed.topic("Geriye tarihli")
    finally:
        timezone.now = now
    return "clock", Entry.objects.first().seq


KINDS = [edit, delete, insert, swap, truncate, rechain, swap_file, clock]
IN_THE_EXPORT = [edit, delete, swap, truncate, rechain]


@pytest.mark.parametrize("tamper", KINDS, ids=lambda kind: kind.__name__)
def test_each_of_eight_kinds_is_found_and_named_first(sealed, tamper):
    with lifted():
        told = tamper(sealed)
    assert sealed.faults()[0] == told


@pytest.mark.parametrize("tamper", IN_THE_EXPORT, ids=lambda kind: kind.__name__)
def test_who_has_only_python_and_the_export_finds_it_too(sealed, tamper, tmp_path):
    key = keys.private_key().public_key().public_bytes_raw().hex()
    with lifted():
        _what, seq = tamper(sealed)
    with (tmp_path / "export.jsonl").open("w") as file:
        export(file)
    asked = [tmp_path / "export.jsonl", "--key", key, "--checkpoints", sealed.outside]
    found = subprocess.run([sys.executable, "-I", VERIFIER, *asked], capture_output=True, text=True)
    assert found.returncode == 1, found.stderr
    assert found.stdout.startswith(f"#{seq} ")


def test_an_untouched_export_holds_for_its_codes_and_keys(sealed, tmp_path):
    with (tmp_path / "export.jsonl").open("w") as file:
        count = export(file)
    code = Checkpoint.objects.last().code
    asked = [tmp_path / "export.jsonl", "--checkpoints", sealed.outside, "--code", code]
    found = subprocess.run([sys.executable, "-I", VERIFIER, *asked], capture_output=True, text=True)
    assert found.returncode == 0, found.stdout + found.stderr
    assert f"{count} entries, 1 checkpoints: 0 faults" in found.stdout
    wrong = subprocess.run([sys.executable, "-I", VERIFIER, *asked, "--code", "3-0000"], capture_output=True)
    assert wrong.returncode == 1


class TestTheCommand:
    def said(self, *asked, fails: bool) -> str:
        out = io.StringIO()
        if fails:
            with pytest.raises(SystemExit) as end:
                call_command("verify_audit", *asked, stdout=out)
            assert end.value.code == 1
        else:
            call_command("verify_audit", *asked, stdout=out)
        return out.getvalue()

    def test_says_that_all_holds(self, sealed):
        assert str(Entry.objects.count()) in self.said(fails=False)

    def test_names_the_first_broken_row(self, sealed):
        entry = entry_of(sealed, 1)
        with lifted():
            edit(sealed)
        assert self.said(fails=True).startswith(f"#{entry.seq} institution.body {entry.history_id}: ")

    def test_tells_machines_in_json(self, sealed):
        with lifted():
            delete(sealed)
        told = json.loads(self.said("--format", "json", fails=True))
        assert told["holds"] is False
        assert told["faults"][0]["what"] == "gone"

    def test_takes_what_is_before_a_number_as_it_is(self, sealed):
        entry = entry_of(sealed, 1)
        with lifted():
            edit(sealed)
        self.said("--since", str(entry.seq), fails=False)
        self.said("--since", str(entry.seq - 1), fails=True)


class TestWhatElseIsFound:
    def test_an_entry_that_readers_would_filter_wrongly(self, sealed):
        entry = entry_of(sealed, 1)
        with lifted():
            Entry.objects.filter(seq=entry.seq).update(actor_name="Başkası")
        assert sealed.faults() == [("index", entry.seq)]

    def test_a_checkpoint_taken_out_of_the_database(self, sealed):
        with lifted():
            Checkpoint.objects.all()._raw_delete("default")
        assert sealed.faults() == [("withdrawn", Entry.objects.first().seq)]

    def test_a_checkpoint_signed_with_a_key_of_somebodys_own(self, sealed, settings, tmp_path):
        settings.AUDIT_KEY_FILE = str(tmp_path / "another.key")
        sealed.topic("Yeni anahtar")
        checkpoints.hourly()
        settings.AUDIT_KEY_FILE = str(tmp_path / "audit.key")
        assert sealed.faults() == [("key", Entry.objects.first().seq)]

    def test_a_checkpoint_whose_words_were_changed(self, sealed):
        with lifted():
            Checkpoint.objects.update(occasion="vote")
        assert ("signature", Entry.objects.first().seq) in sealed.faults()

    def test_a_file_outside_that_was_cut(self, sealed):
        sealed.topic("Bir daha")
        checkpoints.hourly()
        lines = sealed.outside.read_text().splitlines(keepends=True)
        sealed.outside.write_text(lines[1])
        assert [what for what, _seq in sealed.faults()] == ["untold"]

    def test_a_trigger_that_is_gone(self, sealed):
        if connection.vendor == "sqlite":
            sql("DROP TRIGGER keep_institution_historicalbody_update")
        else:
            sql("ALTER TABLE institution_historicalbody DISABLE TRIGGER keep_institution_historicalbody_rows")
        assert sealed.faults() == [("guard", None)]

    def test_a_file_that_is_gone(self, sealed):
        (settings.MEDIA_ROOT / sealed.blob.path).unlink()
        assert sealed.faults() == [("file_gone", None)]
        assert sealed.faults(files=False) == []

    def test_a_row_changed_in_the_table_itself(self, sealed):
        sql("UPDATE institution_unit SET name = 'Başka' WHERE id = %s", sealed.house.units[0].pk)
        assert sealed.faults() == [("silent_change", None)]

    def test_a_row_added_to_the_table_itself(self, sealed):
        sql("INSERT INTO institution_unit (name, is_spending, is_active) VALUES ('Gizli', true, true)")
        assert sealed.faults() == [("silent_new", None)]

    def test_a_row_removed_from_the_table_itself(self, sealed):
        sql("DELETE FROM institution_unit WHERE id = %s", unit("Fazla Müdürlük").pk)
        assert sealed.faults() == [("silent_removal", None)]
