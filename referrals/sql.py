"""What the database refuses of referrals: that anything of them is live on a case that is not open (ADR 21).

And who answers for whom: the coordinator of a firm (ADR 53).
"""

from cases.sql import LIVE

OPEN_CASES = """
CREATE OR REPLACE FUNCTION sec.offer_needs_open_case() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, public AS $$
BEGIN
  IF NEW.status = 'open' OR (NEW.status = 'accepted' AND OLD.status IS DISTINCT FROM NEW.status) THEN
    PERFORM sec.refuse_unless_open((SELECT case_id FROM referrals_referral WHERE id = NEW.referral_id));
  END IF;
  RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION sec.leaves_no_referral() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, public AS $$
BEGIN
  IF EXISTS (SELECT FROM referrals_referral WHERE case_id = NEW.id AND status <> 'returned')
     OR EXISTS (SELECT FROM referrals_offer o JOIN referrals_referral r ON r.id = o.referral_id
                 WHERE r.case_id = NEW.id AND o.status = 'open')
     OR EXISTS (SELECT FROM referrals_assignment WHERE case_id = NEW.id AND ended_at IS NULL) THEN
    RAISE check_violation USING MESSAGE = 'this case still has a live referral, offer or assignment';
  END IF;
  RETURN NEW;
END $$;

ALTER FUNCTION sec.offer_needs_open_case() OWNER TO intake_grantor;
ALTER FUNCTION sec.leaves_no_referral() OWNER TO intake_grantor;
REVOKE ALL ON FUNCTION sec.offer_needs_open_case(), sec.leaves_no_referral() FROM PUBLIC;
GRANT SELECT ON referrals_referral, referrals_offer, referrals_assignment TO intake_grantor;

CREATE TRIGGER needs_open_case BEFORE INSERT OR UPDATE ON referrals_referral
  FOR EACH ROW WHEN (NEW.status <> 'returned') EXECUTE FUNCTION sec.needs_open_case();
CREATE TRIGGER needs_open_case BEFORE INSERT OR UPDATE ON referrals_assignment
  FOR EACH ROW WHEN (NEW.ended_at IS NULL) EXECUTE FUNCTION sec.needs_open_case();
CREATE TRIGGER needs_open_case BEFORE INSERT OR UPDATE ON referrals_offer
  FOR EACH ROW EXECUTE FUNCTION sec.offer_needs_open_case();
CREATE TRIGGER leaves_no_referral BEFORE UPDATE ON cases_case
  FOR EACH ROW WHEN (NEW.closed_at IS NOT NULL AND OLD.closed_at IS NULL)
  EXECUTE FUNCTION sec.leaves_no_referral();
"""

HAND_OVERS = """
-- What the holder of a link may read: that it is open, with the summary sealed for it, or only that it is over.
CREATE OR REPLACE FUNCTION sec.find_hand_over(link text)
  RETURNS TABLE (id uuid, office_id bigint, status text, expires_at timestamptz, shown text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT h.id, h.office_id, h.status::text, h.expires_at, CASE WHEN h.expires_at > now() THEN h.shown ELSE '' END
    FROM referrals_handover h WHERE h.token_hash = link AND link <> '' $$;

-- Take a receiver's answer, once: nothing comes back where the link was answered, taken back, or ran out.
CREATE OR REPLACE FUNCTION sec.answer_hand_over(link text, says text, why text)
  RETURNS TABLE (id uuid, office_id bigint, file_id uuid, case_id uuid) LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, public AS $$
DECLARE asked referrals_handover;
BEGIN
  IF says NOT IN ('accepted', 'refused') THEN
    RAISE check_violation USING MESSAGE = 'a receiver says yes or no';
  END IF;
  PERFORM FROM cases_case c JOIN referrals_handover h ON h.case_id = c.id
    WHERE h.token_hash = link AND link <> '' FOR NO KEY UPDATE OF c;
  SELECT * INTO asked FROM referrals_handover h
   WHERE h.token_hash = link AND link <> '' AND h.status = 'asked' AND h.expires_at > now() FOR UPDATE;
  IF NOT FOUND THEN
    RETURN;
  END IF;
  UPDATE referrals_handover h SET status = says, refusal = why, answered_at = now(), shown = ''
   WHERE h.id = asked.id;
  RETURN QUERY SELECT asked.id, asked.office_id, asked.file_id, asked.case_id;
END $$;

CREATE OR REPLACE FUNCTION sec.leaves_no_hand_over() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, public AS $$
BEGIN
  IF EXISTS (SELECT FROM referrals_handover WHERE case_id = NEW.id AND status IN ('asked', 'accepted')) THEN
    RAISE check_violation USING MESSAGE = 'another organization is still asked to take this person';
  END IF;
  RETURN NEW;
END $$;

ALTER FUNCTION sec.find_hand_over(text) OWNER TO intake_grantor;
ALTER FUNCTION sec.answer_hand_over(text, text, text) OWNER TO intake_grantor;
ALTER FUNCTION sec.leaves_no_hand_over() OWNER TO intake_grantor;
REVOKE ALL ON FUNCTION sec.find_hand_over(text), sec.answer_hand_over(text, text, text),
  sec.leaves_no_hand_over() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sec.find_hand_over(text), sec.answer_hand_over(text, text, text)
  TO intake_as_anonymous, intake_as_system;
GRANT SELECT, UPDATE ON referrals_handover TO intake_grantor;

CREATE TRIGGER needs_open_case BEFORE INSERT OR UPDATE ON referrals_handover
  FOR EACH ROW WHEN (NEW.status IN ('asked', 'accepted')) EXECUTE FUNCTION sec.needs_open_case();
CREATE TRIGGER leaves_no_hand_over BEFORE UPDATE ON cases_case
  FOR EACH ROW WHEN (NEW.closed_at IS NOT NULL AND OLD.closed_at IS NULL)
  EXECUTE FUNCTION sec.leaves_no_hand_over();
"""

# Once, for what was left open before: what closed cases still had live, each noted in the ledger.
END_LEFT_REFERRALS = """
WITH ended AS (
  UPDATE referrals_offer o SET status = 'rescinded', decided_at = now()
    FROM referrals_referral r JOIN cases_case c ON c.id = r.case_id
   WHERE r.id = o.referral_id AND c.closed_at IS NOT NULL AND o.status = 'open'
  RETURNING o.id, o.office_id, o.file_id, c.id AS case_id)
INSERT INTO events_event (id, name, subject_type, subject_id, office_id, file_id, actor, data, at)
SELECT gen_random_uuid(), 'referrals.offer_rescinded', 'referrals.Offer', id::text, office_id, file_id,
       'system:migration', jsonb_build_object('case', case_id), now() FROM ended;

WITH ended AS (
  UPDATE referrals_referral r SET status = 'returned' FROM cases_case c
   WHERE c.id = r.case_id AND c.closed_at IS NOT NULL AND r.status <> 'returned'
  RETURNING r.id, r.office_id, r.file_id, c.id AS case_id)
INSERT INTO events_event (id, name, subject_type, subject_id, office_id, file_id, actor, data, at)
SELECT gen_random_uuid(), 'referrals.referral_taken_back', 'referrals.Referral', id::text, office_id, file_id,
       'system:migration', jsonb_build_object('case', case_id), now() FROM ended;

UPDATE referrals_assignment a SET ended_at = now() FROM cases_case c
 WHERE c.id = a.case_id AND c.closed_at IS NOT NULL AND a.ended_at IS NULL;
"""

# Who answers for whom: a coordinator for the practitioners of their firm, themselves among them, while all of it
# holds; nothing is kept in step. The functions of access to a case ask `sec.answers_for` (cases/sql.py).
FIRMS = f"""
CREATE FUNCTION sec.firm_people() RETURNS SETOF bigint LANGUAGE sql STABLE PARALLEL SAFE ROWS 10 SECURITY DEFINER
  SET search_path = pg_catalog, public AS $$
  SELECT p.id FROM referrals_practitioner me
    JOIN referrals_firm f ON f.id = me.firm_id AND f.ended_at IS NULL
    JOIN accounts_user u ON u.id = me.user_id AND u.is_active
    JOIN accounts_membership m ON m.user_id = u.id AND m.office_id = me.office_id AND 'attorney' = ANY(m.roles)
    JOIN referrals_practitioner p ON p.firm_id = f.id AND p.office_id = me.office_id
   WHERE me.user_id = sec.user_id() AND me.coordinates $$;

-- Whose offers the bound user may answer: their own, and those of the people of their firm.
CREATE FUNCTION sec.answered_users() RETURNS SETOF bigint LANGUAGE sql STABLE PARALLEL SAFE ROWS 10 SECURITY DEFINER
  SET search_path = pg_catalog, public AS $$
  SELECT sec.user_id() UNION SELECT user_id FROM referrals_practitioner WHERE id IN (SELECT sec.firm_people()) $$;

-- The files of what is offered to them now, whose names somebody checks for them.
CREATE FUNCTION sec.firm_files() RETURNS SETOF uuid LANGUAGE sql STABLE PARALLEL SAFE ROWS 10 SECURITY DEFINER
  SET search_path = pg_catalog, public AS $$
  SELECT o.file_id FROM referrals_offer o
   WHERE o.status = 'open' AND o.expires_at > now() AND o.practitioner_id IN (SELECT sec.firm_people()) $$;

-- Does the bound user answer for somebody (null: anybody) to whom this case is offered, or did they just now?
-- Not where either is kept off the case.
CREATE FUNCTION sec.answers_for(wanted_case uuid, wanted_user bigint DEFAULT NULL) RETURNS boolean LANGUAGE sql
  STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT EXISTS (
    SELECT FROM referrals_offer o JOIN referrals_referral r ON r.id = o.referral_id
     WHERE r.case_id = wanted_case AND (wanted_user IS NULL OR o.user_id = wanted_user)
       AND o.practitioner_id IN (SELECT sec.firm_people())
       AND (o.status = 'open' OR o.answered_by_id = sec.user_id())
       AND NOT EXISTS (SELECT FROM conflicts_ringfence x WHERE x.file_id = o.file_id AND x.lifted_at IS NULL
                          AND x.user_id IN (sec.user_id(), o.user_id))) $$;

-- How the names of an offer stand beside the list of whom it was put to, in codes alone: whom the list names
-- stays theirs.
CREATE FUNCTION sec.list_state(wanted uuid) RETURNS TABLE (hits text[], checked text, unread int)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT coalesce((SELECT array_agg(DISTINCT h.status::text) FROM conflicts_conflicthit h
                    WHERE h.file_id = o.file_id AND h.user_id = o.user_id AND h.kind = 'conflict'), '{{}}'),
         c.status::text, c.unread::int
    FROM referrals_offer o LEFT JOIN LATERAL (
      SELECT status, unread FROM conflicts_conflictcheck k
       WHERE k.file_id = o.file_id AND k.user_id = o.user_id ORDER BY k.asked_at DESC LIMIT 1) c ON true
   WHERE o.id = wanted AND o.practitioner_id IN (SELECT sec.firm_people()) $$;

-- May an open offer be moved to a colleague of the same firm, as far as only the database may say it?
CREATE FUNCTION sec.may_move(wanted uuid, to_whom bigint) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
  SET search_path = pg_catalog, public AS $$
  SELECT EXISTS (
    SELECT FROM referrals_offer o JOIN referrals_practitioner p ON p.id = to_whom
     WHERE o.id = wanted AND o.status = 'open' AND p.id <> o.practitioner_id
       AND p.id IN (SELECT sec.firm_people()) AND o.practitioner_id IN (SELECT sec.firm_people())
       AND NOT EXISTS (SELECT FROM conflicts_ringfence x WHERE x.file_id = o.file_id AND x.lifted_at IS NULL
                          AND x.user_id IN (sec.user_id(), p.user_id))) $$;

-- Let somebody of one's firm take new cases, or none for now; true if that changed anything.
CREATE FUNCTION sec.set_accepting(wanted bigint, takes boolean) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, public AS $$
BEGIN
  IF wanted NOT IN (SELECT sec.firm_people()) THEN
    RAISE insufficient_privilege USING MESSAGE = 'only a coordinator of their firm says this for them';
  END IF;
  UPDATE referrals_practitioner SET accepting = takes WHERE id = wanted AND accepting <> takes;
  RETURN FOUND;
END $$;

{{OWNED}}
GRANT SELECT ON referrals_practitioner, referrals_firm, accounts_user, accounts_membership, conflicts_ringfence,
  conflicts_conflicthit, conflicts_conflictcheck TO intake_grantor;
GRANT UPDATE (accepting) ON referrals_practitioner TO intake_grantor;

-- As in cases/sql.py, and what is offered to those one answers for.
CREATE OR REPLACE FUNCTION sec.reachable_files() RETURNS SETOF uuid LANGUAGE sql STABLE PARALLEL SAFE ROWS 20
  BEGIN ATOMIC
  SELECT reached FROM (
    SELECT file_id AS reached FROM public.cases_caseaccess WHERE user_id = sec.user_id() AND {LIVE}
    UNION ALL SELECT f FROM sec.firm_files() f) r
   WHERE reached <> ALL(ARRAY(SELECT f FROM sec.fenced_files() f));
  END;
"""
OF_FIRMS = (
    *("firm_people()", "answered_users()", "firm_files()", "answers_for(uuid, bigint)", "list_state(uuid)"),
    *("may_move(uuid, bigint)", "set_accepting(bigint, boolean)"),
)
FIRMS = FIRMS.replace(
    "{OWNED}",
    "\n".join(
        f"ALTER FUNCTION sec.{one} OWNER TO intake_grantor;\nREVOKE ALL ON FUNCTION sec.{one} FROM PUBLIC;\n"
        f"GRANT EXECUTE ON FUNCTION sec.{one} TO intake_as_attorney;"
        for one in OF_FIRMS
    ),
)

# Once: each name that practitioners, or lists of them, gave their firm becomes a firm of their office.
NAMED_FIRMS = """
SET CONSTRAINTS ALL IMMEDIATE;
INSERT INTO referrals_firm (office_id, name)
SELECT DISTINCT ON (office_id, lower(name)) office_id, name FROM (
  SELECT office_id, btrim(firm_said) AS name FROM referrals_practitioner
  UNION ALL SELECT office_id, btrim(details->>'firm') FROM referrals_panelentry) said
 WHERE name <> '' ORDER BY office_id, lower(name), name;
UPDATE referrals_practitioner p SET firm_id = f.id FROM referrals_firm f
 WHERE f.office_id = p.office_id AND lower(f.name) = lower(btrim(p.firm_said));
UPDATE referrals_offer SET answered_by_id = user_id WHERE status IN ('accepted', 'declined');
"""

# A paused offer runs longer, and so does the right to look at its names: to whom it is put, for as long as it
# runs, and never for more than a month in all.
STRETCH = """
CREATE OR REPLACE FUNCTION sec.stretch_access(wanted uuid) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, public AS $$
BEGIN
  UPDATE cases_caseaccess a SET expires_at = o.expires_at
    FROM referrals_offer o JOIN referrals_referral r ON r.id = o.referral_id
   WHERE o.id = wanted AND o.status = 'open' AND o.paused_at IS NOT NULL
     AND o.expires_at < o.offered_at + interval '31 days'
     AND (o.user_id = sec.user_id() OR sec.answers_for(r.case_id, o.user_id) OR sec.decides_access(r.case_id))
     AND a.case_id = r.case_id AND a.user_id = o.user_id AND a.reason = 'offer' AND a.revoked_at IS NULL;
  RETURN FOUND;
END $$;
ALTER FUNCTION sec.stretch_access(uuid) OWNER TO intake_grantor;
REVOKE ALL ON FUNCTION sec.stretch_access(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sec.stretch_access(uuid) TO intake_as_attorney, intake_as_system;
"""

# Everybody who is named in an offered matter, as sealed rows, for whoever asked for the names of an offer that is
# open and put to them or to somebody of their firm: nothing before they asked, nothing once it is over.
NAMED = """
CREATE OR REPLACE FUNCTION sec.named_in_offer(wanted uuid) RETURNS SETOF conflicts_party LANGUAGE sql STABLE
  SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT p.* FROM conflicts_party p JOIN referrals_offer o ON o.file_id = p.file_id
   WHERE o.id = wanted AND o.status = 'open' AND o.expires_at > now()
     AND p.removed_at IS NULL AND p.user_id IS NULL AND p.live
     AND ((o.user_id = sec.user_id() AND o.names_shown_at IS NOT NULL)
          OR (o.firm_shown_to_id = sec.user_id() AND o.practitioner_id IN (SELECT sec.firm_people())))
     AND o.file_id <> ALL(ARRAY(SELECT f FROM sec.fenced_files() f)) $$;
ALTER FUNCTION sec.named_in_offer(uuid) OWNER TO intake_grantor;
REVOKE ALL ON FUNCTION sec.named_in_offer(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sec.named_in_offer(uuid) TO intake_as_attorney;
GRANT SELECT ON conflicts_party TO intake_grantor;
"""

# A colleague is asked to take over what somebody holds: what an attorney may write of that, and what follows.
HAND_ON = """
-- Put what the bound user holds to a colleague, until a moment, and let them ask for the names; false where they
-- are kept off the case, said that they have a conflict in it, or are no practitioner of the office. An attorney
-- writes no offer otherwise.
CREATE FUNCTION sec.ask_colleague(wanted uuid, held_id uuid, whom bigint, told bytea, note bytea, until timestamptz,
    remind timestamptz, working smallint) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, public AS $$
DECLARE held referrals_assignment; asked referrals_practitioner; earlier referrals_offer;
BEGIN
  SELECT * INTO held FROM referrals_assignment a
   WHERE a.id = held_id AND a.user_id = sec.user_id() AND a.ended_at IS NULL;
  IF held.id IS NULL THEN
    RAISE insufficient_privilege USING MESSAGE = 'only who holds a case asks a colleague to take it over';
  END IF;
  SELECT p.* INTO asked FROM referrals_practitioner p JOIN accounts_user u ON u.id = p.user_id AND u.is_active
    JOIN accounts_membership m ON m.user_id = u.id AND m.office_id = p.office_id AND 'attorney' = ANY(m.roles)
   WHERE p.id = whom AND p.office_id = held.office_id AND p.user_id <> sec.user_id();
  SELECT * INTO earlier FROM referrals_offer o WHERE o.id = held.offer_id;
  IF asked.id IS NULL
     OR EXISTS (SELECT FROM conflicts_ringfence x WHERE x.file_id = held.file_id AND x.lifted_at IS NULL
                   AND x.user_id IN (sec.user_id(), asked.user_id))
     OR EXISTS (SELECT FROM referrals_offer o JOIN referrals_referral r ON r.id = o.referral_id
                 WHERE r.case_id = held.case_id AND o.practitioner_id = asked.id
                   AND o.status = 'declined' AND o.decline_reason = 'conflict') THEN
    RETURN false;
  END IF;
  INSERT INTO referrals_offer (id, office_id, file_id, user_id, summary, referral_id, practitioner_id, status,
      offered_by_id, offered_at, expires_at, decline_reason, rescind_reason, minutes, remind_at, "left",
      hands_on_id, hand_on_note)
  VALUES (wanted, held.office_id, held.file_id, asked.user_id, told, earlier.referral_id, asked.id, 'open',
      sec.user_id(), now(), until, '', '', working, remind, 0, held.offer_id, note);
  INSERT INTO cases_caseaccess (id, office_id, file_id, case_id, user_id, scope, reason, granted_at, expires_at)
  VALUES (gen_random_uuid(), held.office_id, held.file_id, held.case_id, asked.user_id, 'names', 'offer', now(), until)
  ON CONFLICT DO NOTHING;
  PERFORM sec.note_access('cases.access_granted', held.case_id, asked.user_id,
                          jsonb_build_object('reason', 'offer', 'scope', 'names'));
  RETURN true;
END $$;

-- Whom the bound user asks to take over what they hold: the open offer, and until when.
CREATE FUNCTION sec.asked_over(held_id uuid) RETURNS TABLE (id uuid, user_id bigint, practitioner_id bigint)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT o.id, o.user_id::bigint, o.practitioner_id FROM referrals_offer o
    JOIN referrals_assignment a ON a.offer_id = o.hands_on_id
   WHERE a.id = held_id AND a.user_id = sec.user_id() AND o.status = 'open' $$;

-- Take back what the bound user asked of a colleague, and end their right to the names; false where it is over.
CREATE FUNCTION sec.unask_colleague(wanted uuid, why text) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, public AS $$
DECLARE asked referrals_offer; of_case uuid;
BEGIN
  UPDATE referrals_offer o SET status = 'rescinded', decided_at = now(), rescind_reason = why
   WHERE o.id = wanted AND o.status = 'open' AND o.offered_by_id = sec.user_id() AND o.hands_on_id IS NOT NULL
  RETURNING * INTO asked;
  IF asked.id IS NULL THEN
    RETURN false;
  END IF;
  SELECT case_id INTO of_case FROM referrals_referral WHERE id = asked.referral_id;
  UPDATE cases_caseaccess SET revoked_at = now()
   WHERE case_id = of_case AND user_id = asked.user_id AND reason = 'offer' AND revoked_at IS NULL;
  IF FOUND THEN
    PERFORM sec.note_access('cases.access_revoked', of_case, asked.user_id, jsonb_build_object('reason', 'offer'));
  END IF;
  RETURN true;
END $$;

-- End what somebody held, once a colleague (or who answers for them) said yes: false where it had ended.
CREATE FUNCTION sec.take_over(wanted uuid) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, public AS $$
DECLARE taken referrals_offer; held referrals_assignment;
BEGIN
  SELECT * INTO taken FROM referrals_offer o
   WHERE o.id = wanted AND o.status = 'accepted' AND o.answered_by_id = sec.user_id() AND o.hands_on_id IS NOT NULL;
  IF taken.id IS NULL THEN
    RAISE insufficient_privilege USING MESSAGE = 'only who accepts it takes a case over';
  END IF;
  UPDATE referrals_assignment a SET ended_at = now(), ended_how = 'handed_on'
   WHERE a.offer_id = taken.hands_on_id AND a.ended_at IS NULL RETURNING * INTO held;
  IF held.id IS NULL THEN
    RETURN false;
  END IF;
  UPDATE cases_caseaccess SET revoked_at = now()
   WHERE case_id = held.case_id AND user_id = held.user_id AND reason = 'assignment' AND revoked_at IS NULL;
  IF FOUND THEN
    PERFORM sec.note_access('cases.access_revoked', held.case_id, held.user_id,
                            jsonb_build_object('reason', 'assignment'));
  END IF;
  RETURN true;
END $$;

{OWNED}
GRANT UPDATE ON referrals_assignment TO intake_grantor;
GRANT INSERT, UPDATE ON referrals_offer TO intake_grantor;
"""
CALLED = (
    "ask_colleague(uuid, uuid, bigint, bytea, bytea, timestamptz, timestamptz, smallint)",
    "asked_over(uuid)",
    "unask_colleague(uuid, text)",
    "take_over(uuid)",
)
HAND_ON = HAND_ON.replace(
    "{OWNED}",
    "\n".join(
        f"ALTER FUNCTION sec.{one} OWNER TO intake_grantor;\nREVOKE ALL ON FUNCTION sec.{one} FROM PUBLIC;\n"
        f"GRANT EXECUTE ON FUNCTION sec.{one} TO intake_as_attorney;"
        for one in CALLED
    ),
)
