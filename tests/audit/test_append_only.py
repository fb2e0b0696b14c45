"""Rows of the history and of what was decided stay as they were written, whoever asks and how."""

from __future__ import annotations

import io
from functools import partial

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, IntegrityError, connection, models, transaction
from django.db.migrations.state import ProjectState
from django.utils import timezone

from common.audit import checkpoints, guards
from common.audit.models import Checkpoint, Entry, Head
from common.audit.operations import AppendOnly
from common.audit.reconcile import audited_models, history_of
from common.history import BypassesHistory, acting
from documents.drafts.models import DraftBlock, DraftDecision, DraftSource
from documents.files.models import Blob, Download, Screening
from documents.reports.models import ReportVersion, SectionDecision, SectionVersion, TemplateVersion
from institution.models import BodyGrant, Unit
from meetings.models import Ballot, Meeting, Vote
from tests.audit.conftest import sql
from tests.factories import drafts, reports
from tests.factories.base import BY, unit

HISTORIES = [history_of(model) for model in audited_models()]
OF_THE_AUDIT = [
    model for model in Entry._meta.apps.get_models() if model._meta.app_label == "audit" and model is not Head
]
DECIDED = [Meeting, Vote, Ballot, ReportVersion, SectionVersion, SectionDecision]
DECIDED += [TemplateVersion, DraftDecision, DraftBlock, DraftSource, Blob, Screening, Download]


def table(model: type[models.Model]) -> str:
    return model._meta.db_table


@pytest.mark.parametrize("model", [*HISTORIES, *OF_THE_AUDIT, *DECIDED], ids=lambda model: model.__name__)
def test_no_table_is_forgotten(db, model):
    """A new audited model, or one of the audit's own, needs AppendOnly in its app's migrations."""
    assert table(model) in guards.expected(connection)
    assert guards.missing(connection) == []


def refused(act) -> bool:
    """Within a savepoint, so that the test goes on."""
    try:
        with transaction.atomic():
            act()
    except IntegrityError as refusal:
        return "stay as they were written" in str(refusal)
    return False


WAYS = {
    "a change by the ORM": lambda rows: rows.update(name="x"),
    "a removal by the ORM": lambda rows: rows.delete(),
    "a removal of one row": lambda rows: rows.first().delete(),
    "a save of an old row": lambda rows: rows.first().save(),
    "a removal that asks nobody": lambda rows: rows._raw_delete("default"),
    "a change in bulk": lambda rows: rows.bulk_update([_renamed(rows.first())], ["name"]),
    "a change in SQL": lambda rows: sql("UPDATE institution_historicalunit SET name = 'x'"),
    "a removal in SQL": lambda rows: sql("DELETE FROM institution_historicalunit"),
    "an upsert": lambda rows: rows.model.objects.bulk_create(
        [_renamed(rows.first())], update_conflicts=True, unique_fields=["history_id"], update_fields=["name"]
    ),
}


def _renamed(row):
    row.name = "x"
    return row


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.replace(" ", "_"))
def test_history_refuses(db, way):
    made = unit("Fen İşleri Müdürlüğü")
    assert refused(lambda: WAYS[way](Unit.history.all()))
    assert Unit.history.get().name == made.name


@pytest.mark.parametrize("model", [*HISTORIES, *OF_THE_AUDIT, *DECIDED], ids=lambda model: model.__name__)
def test_no_table_can_be_emptied_at_once(db, model):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE")
    assert refused(lambda: sql(f'TRUNCATE "{table(model)}" CASCADE'))


def test_a_row_cannot_be_put_in_the_place_of_another(db):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has no INSERT OR REPLACE")
    unit("Fen İşleri Müdürlüğü")
    assert refused(
        lambda: sql(
            "INSERT OR REPLACE INTO institution_historicalunit SELECT * FROM institution_historicalunit"
        )
    )


def test_entries_and_checkpoints_refuse_too(sealed):
    assert refused(lambda: Entry.objects.update(actor_name="x"))
    assert refused(lambda: Entry.objects.all().delete())
    assert refused(lambda: Checkpoint.objects.update(seq=0))
    assert refused(lambda: Checkpoint.objects.all().delete())
    assert refused(lambda: models.QuerySet(Blob)._raw_delete("default"))


@pytest.mark.parametrize("command", ["clean_duplicate_history", "clean_old_history", "populate_history"])
def test_commands_that_would_remove_or_invent_history_are_refused(db, command):
    unit()
    with pytest.raises(CommandError, match="neither removed nor made up"):
        call_command(command, "--auto", stdout=io.StringIO())
    assert Unit.history.count() == 1


@pytest.mark.django_db(transaction=True)
class TestAMigration:
    """The operation itself, as `migrate` runs it forwards and backwards."""

    @pytest.fixture
    def notes(self, transactional_db):
        class Note(models.Model):  # noqa: DJ008  # never shown
            state = models.CharField(max_length=6)

            class Meta:
                app_label = "audit"

        self.model = Note
        with connection.schema_editor(atomic=False) as editor:
            editor.create_model(Note)
        yield Note
        with connection.schema_editor(atomic=False) as editor:
            editor.delete_model(Note)
        Note._meta.apps.all_models["audit"].pop("note")
        Note._meta.apps.clear_cache()

    def run(self, operation, *, backwards=False):
        from django.apps import apps

        state = ProjectState.from_apps(apps)
        with connection.schema_editor(atomic=False) as editor:
            move = operation.database_backwards if backwards else operation.database_forwards
            move("audit", editor, state, state)

    def test_keeps_only_the_rows_that_meet_its_condition(self, notes):
        operation = AppendOnly("Note", when="OLD.state <> 'open'", shut=True)
        self.run(operation)
        note = notes.objects.create(state="open")
        note.save()
        note.state = "closed"
        note.save()
        assert refused(note.save)
        assert refused(note.delete)
        assert refused(lambda: notes.objects.create(state="closed"))
        self.run(operation, backwards=True)
        notes.objects.create(state="closed").delete()
        note.delete()

    def test_can_be_run_twice(self, notes):
        self.run(AppendOnly("Note", when="OLD.state <> 'open'"))
        self.run(AppendOnly("Note"))
        assert refused(notes.objects.create(state="open").delete)
        self.run(AppendOnly("Note"), backwards=True)

    def test_says_what_it_does(self):
        assert AppendOnly("Note").describe() == "Keep the rows of Note as they were written"


class TestMissingGuards:
    def drop(self):
        for statement in guards.expected(connection)["institution_historicalunit"].removal(connection.vendor):
            sql(statement)

    def test_are_named_by_the_check_of_the_database(self, db):
        assert guards.check_guards(databases=["default"]) == []
        self.drop()
        (warning,) = guards.check_guards(databases=["default"])
        assert warning.id == "audit.W001"
        assert "institution_historicalunit" in warning.msg

    def test_that_only_pretend_are_named_too(self, db):
        self.drop()
        if connection.vendor == "sqlite":
            sql(
                "CREATE TRIGGER keep_institution_historicalunit_update BEFORE UPDATE ON institution_historicalunit "
                "WHEN 0 BEGIN SELECT RAISE(ABORT, 'no'); END"
            )
        else:
            sql(
                "CREATE FUNCTION keep_institution_historicalunit() RETURNS trigger LANGUAGE plpgsql "
                "AS 'BEGIN RETURN NEW; END'"
            )
        assert guards.missing(connection) == ["institution_historicalunit"]

    def test_are_put_up_again_by_a_command(self, db):
        self.drop()
        out = io.StringIO()
        call_command("guard_history", stdout=out)
        assert "institution_historicalunit" in out.getvalue()
        assert guards.missing(connection) == []


@pytest.mark.django_db(transaction=True)
def test_a_migration_that_makes_a_table_anew_leaves_it_guarded():
    """On SQLite the triggers go with the old table, and those that name it would forbid it."""
    field = models.CharField(max_length=10, default="", db_default="")
    field.set_attributes_from_name("added")
    altered = models.CharField(max_length=31, blank=True)
    altered.set_attributes_from_name("decision_no")
    plan = [("a migration", False)]
    guards.lift(sender=None, using="default", plan=plan)
    with connection.schema_editor() as editor:
        editor.alter_field(Vote, Vote._meta.get_field("decision_no"), altered)
    with connection.schema_editor() as editor:
        editor.alter_field(Vote, altered, Vote._meta.get_field("decision_no"))
    guards.restore(sender=None, using="default", plan=plan)
    assert guards.missing(connection) == []


class TestWaysPastTheHistory:
    """Bulk writes, the permission library's own, and saves that ask for no row."""

    def test_no_model_can_be_written_in_bulk(self):
        for model in audited_models():
            rows = model._default_manager.all()
            for write in (rows.update, partial(rows.bulk_create, []), partial(rows.bulk_update, [], [])):
                with pytest.raises(BypassesHistory):
                    write()

    def test_no_model_has_links_that_leave_no_row(self):
        assert [model for model in audited_models() if model._meta.many_to_many] == []

    def test_grants_are_not_given_in_bulk(self, house):
        with pytest.raises(BypassesHistory), acting(BY):
            BodyGrant.objects.assign_perm_to_many("inspect", [house.stranger], house.group)

    def test_a_save_cannot_ask_for_no_row(self, db):
        made = unit()
        with pytest.raises(BypassesHistory), acting(BY):
            made.save_without_historical_record()


class TestWhatWasDecided:
    def test_a_closed_vote_and_its_ballots_stay(self, house, officer):
        vote = _vote(house)
        ballot = _ballot(vote, house.mayor)
        ballot.choice = "against"
        with acting(BY):
            ballot.save()
        _close(vote)
        assert refused(lambda: models.QuerySet(Vote).update(in_favour=99))
        assert refused(lambda: models.QuerySet(Ballot).update(choice="for"))
        assert refused(lambda: _raw(Ballot).delete())
        assert refused(lambda: _ballot(vote, house.council_member))
        assert Ballot.objects.get().choice == "against"

    def test_a_closed_evaluation_stays(self, house):
        report = reports.submitted(house.group)
        reports.decide(report)
        models.QuerySet(SectionDecision).update(reason="Daha açık")
        reports.close(report)
        assert refused(lambda: models.QuerySet(SectionDecision).update(reason="x"))
        assert refused(lambda: models.QuerySet(SectionDecision)._raw_delete("default"))
        assert refused(lambda: models.QuerySet(SectionVersion).update(html="x"))
        assert refused(lambda: models.QuerySet(ReportVersion).update(outcome="returned"))

    def test_what_a_body_decided_on_a_draft_stays(self, house):
        drafts.endorsed(house)
        assert refused(lambda: models.QuerySet(DraftDecision).update(in_favour=1))
        assert refused(lambda: models.QuerySet(DraftBlock).update(data={}))

    def test_an_open_vote_goes_on(self, house):
        vote = _vote(house)
        _ballot(vote, house.mayor)
        models.QuerySet(Ballot).update(choice="abstain")


def _raw(model):
    return models.QuerySet(model)


def _vote(house) -> Vote:
    with acting(BY):
        meeting = Meeting.objects.create(
            body=house.council,
            period=house.period,
            title="Toplantı",
            starts_at=timezone.now(),
            place="Salon",
            state="open",
            notified_on=timezone.localdate(),
            called_at=timezone.now(),
            opened_at=timezone.now(),
        )
        item = meeting.items.create(number=1, title="Kabul")
        return Vote.objects.create(item=item, motion="general", method="named", opened_at=timezone.now())


def _ballot(vote, person) -> Ballot:
    with acting(BY):
        return Ballot.objects.create(
            vote=vote, person=person, choice="for", cast_at=timezone.now(), entered_by=person
        )


def _close(vote) -> None:
    with acting(BY):
        vote.state, vote.closed_at = "carried", timezone.now()
        vote.present = vote.needed = vote.in_favour = 1
        vote.against = vote.abstaining = 0
        vote.save()


def test_history_is_never_in_the_way_of_a_checkpoint(sealed):
    """A checkpoint is one more row, under the same guard."""
    sealed.topic("Bir daha")
    checkpoints.hourly()
    assert sealed.faults() == []
    with pytest.raises(DatabaseError), transaction.atomic():
        Checkpoint.objects.first().delete()
