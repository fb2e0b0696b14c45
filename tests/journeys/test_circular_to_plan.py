"""The whole chain once, by the people it is for: from the mayor's circular to the adopted plan."""

import time

from tests.journeys import deciding, marks, preparing, reporting

pytestmark = marks
AT_MOST = 180  # seconds


def test_the_chain_from_the_circular_to_the_adopted_plan(stage, tmp_path):
    began = time.monotonic()
    with stage.step("Given the officer, who opens the plan period with the mayor's circular"):
        preparing.open_period(stage)
    with stage.step("and forms the team and two groups, one of them without a member of the team"):
        preparing.form_bodies(stage)
    with stage.step("and lays out the calendar"):
        preparing.lay_out_calendar(stage)
    with stage.step("When the officer makes a template and asks both groups for a report"):
        reporting.make_template(stage)
        reporting.request_reports(stage)
    with stage.step("then the group without a member of the team cannot submit"):
        reporting.cannot_submit(stage)
        preparing.mend_group(stage)

    with stage.step("When the rapporteur writes, and submits with two presses"):
        reporting.write_report(stage)
        reporting.submit(stage.rapporteur, version=1)
    with stage.step("and the team returns one section, and its chair closes"):
        reporting.return_one_section(stage)
        reporting.close(stage, "Close, return to the group", "The report has gone back to the group.")
    with stage.step("then the remark stands above everything; answered, the report is sent again"):
        reporting.answer_and_resubmit(stage)
    with stage.step("and is accepted, one section with an edit"):
        reporting.accept_with_an_edit(stage)
        reporting.close(stage, "Close, accept the report", "The report has been accepted.")
        stage.leave("rapporteur", "team_member")

    with stage.step("When the officer writes the goal and the objective's card"):
        deciding.make_card(stage)
    with stage.step("and freezes the first draft, which is printed"):
        deciding.freeze(stage, number=1, folder=tmp_path)
    with stage.step("and the team endorses it, and the mayor approves it"):
        deciding.endorse_and_approve(stage)
    with stage.step("then a sitting with too few members cannot begin, and says how many are needed"):
        sitting = deciding.call_sitting(stage, at="14.00", draft=1)
        deciding.too_few(stage, sitting)
    with stage.step("and one that loses its quorum cannot vote"):
        deciding.open_sitting(stage, sitting, already=5)
        deciding.lose_quorum(stage)
    with stage.step("and with the quorum it returns the draft with an objection"):
        deciding.return_draft(stage)

    with stage.step("When the objection is answered, the card mended and a second draft frozen"):
        deciding.answer_objection(stage, sitting)
        deciding.mend_card(stage)
        deciding.freeze(stage, number=2, folder=tmp_path)
        deciding.endorse_and_approve(stage)
    with stage.step("and the next sitting votes by name, on phones and on paper"):
        sitting = deciding.call_sitting(stage, at="16.00", draft=2)
        deciding.open_sitting(stage, sitting)
        deciding.adopt_by_name(stage)
    with stage.step("then the plan is adopted with the counts that the law asks for"):
        deciding.adopted(stage)
    with stage.step("and its data are closed"):
        deciding.plan_is_closed(stage)
    assert time.monotonic() - began < AT_MOST
