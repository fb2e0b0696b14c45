"""Signed checkpoints: when they are made, where they are told, and with which key."""

from __future__ import annotations

import json
import os

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.utils import timezone

from common import jobs
from common.audit import checkpoints, keys, tasks
from common.audit.models import Checkpoint, Entry, Head
from common.history import acting, service
from common.jobs.models import Job, State
from common.jobs.sweeper import queue_timed_work
from documents.drafts.models import DraftVersion
from documents.drafts.workflow import DraftState
from meetings import services
from tests.audit.conftest import sql
from tests.factories.base import BY, unit
from tools import verify_export


class TestEachHour:
    def test_the_end_of_the_chain_is_signed_and_told_outside(self, sealed):
        (line,) = [json.loads(line) for line in sealed.outside.read_text().splitlines()]
        head = Head.objects.get()
        assert (line["seq"], line["hash"], line["count"]) == (head.seq, head.hash, Entry.objects.count())
        assert (line["occasion"], line["key"]) == ("hour", keys.own_id())
        words = checkpoints.signed_words(Checkpoint.objects.get())
        raw = keys.private_key().public_key().public_bytes_raw()
        assert keys.is_signed(words, line["signature"], raw)
        assert verify_export.is_signed(words, bytes.fromhex(line["signature"]), raw)

    def test_nothing_is_signed_twice(self, sealed):
        checkpoints.hourly()
        assert Checkpoint.objects.count() == 1
        sealed.topic("Bir daha")
        checkpoints.hourly()
        assert list(Checkpoint.objects.values_list("number", flat=True)) == [1, 2]

    def test_a_file_that_lost_its_last_line_gets_it_again(self, sealed):
        sealed.topic("Bir daha")
        checkpoints.hourly()
        whole = sealed.outside.read_text()
        sealed.outside.write_text(whole[:-20])
        checkpoints.write_out()
        assert sealed.outside.read_text().splitlines()[-1] == whole.splitlines()[-1]
        assert sealed.faults() == []

    @pytest.mark.parametrize("change", [{"number": "x"}, {"seq": None}, {"signature": 7}])
    def test_a_line_that_cannot_be_read_is_a_checkpoint_that_is_missing(self, sealed, change):
        sealed.topic("Bir daha")
        checkpoints.hourly()
        first, second = sealed.outside.read_text().splitlines()
        sealed.outside.write_text(f"{json.dumps(json.loads(first) | change)}\n{second}\n")
        assert [what for what, _seq in sealed.faults()] == ["untold"]

    def test_it_is_timed_work_whose_failure_the_administrator_sees(
        self, house, outside, settings, enter, sysadmin
    ):
        settings.AUDIT_KEY_IS_MADE = False
        queue_timed_work(now=timezone.now())
        jobs.perform_waiting()
        job = Job.objects.get(kind="audit.checkpoint")
        assert job.state == State.FAILED
        assert "audit.key" in enter(sysadmin).get("/").content.decode()


class TestEachNight:
    def test_what_does_not_hold_is_told_on_the_administrators_first_screen(self, sealed, enter):
        sql("UPDATE institution_unit SET name = 'Başka' WHERE id = %s", sealed.house.units[0].pk)
        queue_timed_work(now=timezone.now())
        jobs.perform_waiting()
        assert Job.objects.get(kind="audit.verify").state == State.FAILED
        page = enter(sealed.house.sysadmin).get("/").content.decode()
        assert f"institution.unit {sealed.house.units[0].pk}" in page

    def test_where_all_holds_nothing_is_told(self, sealed):
        queue_timed_work(now=timezone.now())
        jobs.perform_waiting()
        assert Job.objects.get(kind="audit.verify").state == State.DONE

    def test_what_was_explained_is_not_told_again(self, sealed, settings):
        settings.AUDIT_SINCE = Entry.objects.first().seq
        tasks.verify_all(None, None)


class TestAtMilestones:
    def test_an_act_is_under_its_own_checkpoint(self, house, outside):

        @service
        def end(*, by):
            checkpoints.milestone("vote", house.period)
            return unit("Son Müdürlük")

        end(by=BY)
        (made,) = Checkpoint.objects.all()
        assert (made.seq, made.thing) == (Head.objects.get().seq, f"institution.planperiod:{house.period.pk}")

    def test_an_act_that_is_taken_back_leaves_none(self, house, outside):

        @service
        def fail(*, by):
            checkpoints.milestone("vote", house.period)
            raise ValueError

        with pytest.raises(ValueError):
            fail(by=BY)
        assert not Checkpoint.objects.exists()

    def test_a_lost_key_does_not_hold_up_a_council(self, house, outside, settings, caplog):
        settings.AUDIT_KEY_IS_MADE = False
        checkpoints.milestone("vote", house.period)
        assert "no checkpoint for institution.planperiod" in caplog.text
        assert not Checkpoint.objects.exists()

    @pytest.mark.django_db(transaction=True)
    def test_the_file_has_the_line_once_the_act_is_kept(self, outside):

        @service
        def end(*, by):
            made = unit()
            checkpoints.milestone("vote", made)
            assert not outside.exists()

        end(by=BY)
        assert len(outside.read_text().splitlines()) == 1


class TestTheCode:
    def test_is_short_and_names_the_entry(self, sealed):
        made = Checkpoint.objects.get()
        assert (
            made.code == f"{made.seq}-{made.hash[:4]}-{made.hash[4:8]}-{made.hash[8:12]}-{made.hash[12:16]}"
        )

    def test_stands_on_an_adopted_plan(self, house, outside, enter, officer):

        with acting(BY):
            draft = DraftVersion.objects.create(
                period=house.period,
                number=1,
                state=DraftState.ADOPTED,
                digest="0" * 64,
                frozen_at=timezone.now(),
                frozen_by=house.officer,
            )
        before = enter(officer).get(draft.get_absolute_url())
        assert before.status_code == 200
        checkpoints.milestone("adopted", draft)
        after = enter(officer).get(draft.get_absolute_url()).content.decode()
        assert Checkpoint.objects.get().code in after

    def test_stands_on_the_minutes_of_a_closed_sitting(self, council, outside, enter, clerk):
        meeting = council.opened()
        services.close_sitting(meeting=meeting, by=clerk, now=council.now)
        page = enter(clerk).get(f"/meetings/{meeting.pk}/minutes/").content.decode()
        assert f"Denetim izi: {checkpoints.code_of(meeting)}" in page
        assert Checkpoint.objects.get().occasion == "sitting"


class TestTheKey:
    def test_is_made_once_for_its_owner_alone(self, outside, settings):
        keys.private_key()
        made = os.stat(settings.AUDIT_KEY_FILE)
        assert made.st_mode & 0o777 == 0o600
        keys.make(type(outside)(settings.AUDIT_KEY_FILE))
        assert os.stat(settings.AUDIT_KEY_FILE).st_ino == made.st_ino

    def test_that_others_can_read_is_refused(self, outside, settings):
        keys.make(path := type(outside)(settings.AUDIT_KEY_FILE))
        path.chmod(0o640)
        with pytest.raises(keys.KeyMissing, match="chmod 600"):
            keys.private_key()

    def test_of_another_kind_is_refused(self, outside, settings):
        path = type(outside)(settings.AUDIT_KEY_FILE)
        path.write_text("no key")
        path.chmod(0o600)
        with pytest.raises(keys.KeyMissing):
            keys.private_key()

    def test_may_change_if_the_old_one_stays_known(self, sealed, settings, tmp_path):
        old = keys.private_key().public_key().public_bytes_raw().hex()
        settings.AUDIT_KEY_FILE = str(tmp_path / "new.key")
        assert ("key", Entry.objects.first().seq) in sealed.faults()
        settings.AUDIT_OLD_KEYS = [old]
        assert sealed.faults() == []


class TestTheSignatureWithoutALibrary:
    """Against RFC 8032, section 7.1, and against the library."""

    VECTORS = [
        (
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
            "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
        ),
        (
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
            "72",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
        ),
        (
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
            "af82",
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
            "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
        ),
    ]

    @pytest.mark.parametrize(("public", "words", "signature"), VECTORS)
    def test_holds_for_the_standards_examples(self, public, words, signature):
        told = [bytes.fromhex(part) for part in (words, signature, public)]
        assert verify_export.is_signed(*told)
        assert not verify_export.is_signed(told[0] + b"x", *told[1:])

    def test_agrees_with_the_library_on_what_was_changed(self):
        key = Ed25519PrivateKey.generate()
        raw, words = key.public_key().public_bytes_raw(), b"karesi"
        signature = key.sign(words)
        for place in range(0, 64, 7):
            bent = bytearray(signature)
            bent[place] ^= 1
            assert verify_export.is_signed(words, bytes(bent), raw) is False
            assert keys.is_signed(words, bytes(bent).hex(), raw) is False
        assert verify_export.is_signed(words, signature, raw)
        high = int.from_bytes(signature[32:], "little") + verify_export.Q
        assert not verify_export.is_signed(words, signature[:32] + high.to_bytes(32, "little"), raw)
        assert not verify_export.is_signed(words, b"short", raw)
