"""What stands beside a case, as the database gives it: one function, whose plan each connection keeps.

As a statement of the ORM it was 9 kB that Django wrote and PostgreSQL planned anew for each page, a quarter
of its cost (ADR 77). Each part is asked by an index of its own. Whoever asks reads by their own row policies;
of what only the office's own people may read nothing is asked for anybody else.
"""

from cases.models import LIVE
from intake.models import Wish, WishStatus
from referrals.models import OfferStatus, ReferralStatus


def _all(values: tuple[str, ...]) -> str:
    return ", ".join(f"'{value}'" for value in values)


DESK = f"""
CREATE OR REPLACE FUNCTION sec.desk(
    of_case uuid, of_matter uuid, of_intake uuid, for_office boolean, for_caseworker boolean)
  RETURNS jsonb LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public AS $$
DECLARE
  found jsonb;
  more jsonb;
BEGIN
  SELECT to_jsonb(beside) INTO found FROM (SELECT
    (SELECT s.state FROM conflicts_standing s WHERE s.file_id = of_matter LIMIT 1) AS names,
    (SELECT jsonb_build_object('id', f.id, 'values', f.values) FROM cases_casefacts f
      WHERE f.case_id = of_case ORDER BY f.written_at DESC LIMIT 1) AS facts,
    EXISTS (SELECT FROM referrals_referral r
      WHERE r.case_id = of_case AND r.status <> '{ReferralStatus.RETURNED}') AS is_referred,
    -- Whom a colleague asks to take a case over is not yet anybody on its way: somebody holds it.
    (SELECT jsonb_build_object('to', u.name, 'until', o.expires_at) FROM referrals_offer o
       JOIN referrals_referral r ON r.id = o.referral_id
       LEFT JOIN referrals_practitioner p ON p.id = o.practitioner_id
       LEFT JOIN accounts_user u ON u.id = p.user_id
      WHERE r.case_id = of_case AND o.hands_on_id IS NULL AND o.status = '{OfferStatus.OPEN}'
      LIMIT 1) AS offer,
    (SELECT jsonb_build_object('by', u.name, 'on', a.engaged_on, 'for', a.scope) FROM referrals_assignment a
       LEFT JOIN referrals_practitioner p ON p.id = a.practitioner_id
       LEFT JOIN accounts_user u ON u.id = p.user_id
      WHERE a.case_id = of_case AND a.ended_at IS NULL LIMIT 1) AS taken,
    EXISTS (SELECT FROM referrals_handover h WHERE h.case_id = of_case) AS has_hand_overs,
    EXISTS (SELECT FROM cases_closing c WHERE c.case_id = of_case AND c.dropped_at IS NULL) AS has_closings,
    EXISTS (SELECT FROM cases_filing f WHERE f.case_id = of_case AND f.removed_at IS NULL) AS has_receipts,
    EXISTS (SELECT FROM cases_judgedate j WHERE j.case_id = of_case AND j.removed_at IS NULL) AS has_judged,
    EXISTS (SELECT FROM notifications_reply r WHERE r.file_id = of_matter)
      OR EXISTS (SELECT FROM notifications_draft d WHERE d.file_id = of_matter) AS has_talk,
    EXISTS (SELECT FROM intake_question q WHERE q.intake_id = of_intake) AS has_questions,
    EXISTS (SELECT FROM intake_wish w WHERE w.intake_id = of_intake AND w.status = '{WishStatus.OPEN}'
               AND w.kind = '{Wish.Kind.UNSAFE}') AS is_unsafe,
    ARRAY(SELECT jsonb_build_object('id', a.id, 'page', a.page, 'value', a.value, 'at', a.saved_at)
            FROM intake_answer a WHERE a.intake_id = of_intake) AS answers,
    (SELECT count(*) FROM intake_wish w
      WHERE w.intake_id = of_intake AND w.status = '{WishStatus.OPEN}') AS wishes,
    (SELECT count(*) FROM notifications_reply r
      WHERE r.file_id = of_matter AND r.answered_at IS NULL) AS replies,
    (SELECT count(*) FROM cases_deadline d
      WHERE d.case_id = of_case AND d.status IN ({_all(LIVE)})) AS dates,
    (SELECT count(*) FROM files_upload u WHERE u.file_id = of_matter) AS files,
    (SELECT coalesce(sum(h.minutes), 0) FROM casework_loggedhours h
      WHERE h.case_id = of_case AND h.struck_at IS NULL) AS worked
  ) beside;
  IF for_office THEN
    SELECT to_jsonb(beside) INTO more FROM (SELECT
      EXISTS (SELECT FROM cases_secondlook l
        WHERE l.case_id = of_case AND l.decided_at IS NULL) AS has_seconds,
      EXISTS (SELECT FROM conflicts_sameperson p WHERE p.file_id = of_matter AND p.undone_at IS NULL)
        OR EXISTS (SELECT FROM conflicts_sameperson p
                    WHERE p.other_file_id = of_matter AND p.undone_at IS NULL) AS has_together,
      EXISTS (SELECT FROM cases_familylink l WHERE l.file_id = of_matter AND l.undone_at IS NULL)
        OR EXISTS (SELECT FROM cases_familylink l
                    WHERE l.other_file_id = of_matter AND l.undone_at IS NULL) AS has_family,
      EXISTS (SELECT FROM conflicts_conflictcheck k WHERE k.file_id = of_matter AND k.user_id IS NULL
                 AND k.unread > 0 AND k.decided_by_id IS NOT NULL) AS has_looked,
      (SELECT count(*) FROM conflicts_party p
        WHERE p.file_id = of_matter AND p.removed_at IS NULL) AS people
    ) beside;
    found := found || more;
  END IF;
  IF for_caseworker THEN
    found := found || jsonb_build_object('has_interests',
      EXISTS (SELECT FROM referrals_interest i WHERE i.file_id = of_matter));
  END IF;
  RETURN found;
END $$;
REVOKE ALL ON FUNCTION sec.desk(uuid, uuid, uuid, boolean, boolean) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sec.desk(uuid, uuid, uuid, boolean, boolean) TO
  intake_as_caseworker, intake_as_attorney, intake_as_administrator, intake_as_assistant, intake_as_system;
"""
