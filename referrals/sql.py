"""What the database refuses of referrals: that anything of them is live on a case that is not open (ADR 21)."""

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
