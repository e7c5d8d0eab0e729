"""The board as the database gives it: coarse columns alone, to whom the case could be offered (ADR 73)."""

# One row of what somebody may read on the board, or asked for within two months. `is_open`: it stands on
# their board now. That asks of the database what an offer would: the practitioner browses, takes cases, is
# verified and has room; the referral waits and nobody is asked; its names are clear, they said of no
# conflict in it, and nobody told them that it is not for them.
SHOWN = """TABLE (id uuid, queue text, track text, band text, language text, region text, state text,
    custody text, is_child boolean, date_key text, date_from date, date_until date, hours text, brings text[],
    listed_at timestamptz, is_open boolean, said_at timestamptz, ended_at timestamptz, ended_how text,
    why_not text)"""

BOARD = """
CREATE FUNCTION sec.board_of(who bigint) RETURNS {SHOWN}
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT l.id, q.name::text, l.track::text, l.band::text, l.language::text, l.region::text, l.state::text,
         l.custody::text, l.is_child, l.date_key::text, l.date_from, l.date_until, l.hours::text,
         l.brings::text[], l.listed_at, o.is_open, i.said_at, i.ended_at, i.ended_how::text, i.why_not::text
    FROM referrals_practitioner me
    JOIN accounts_user u ON u.id = me.user_id AND u.is_active
    JOIN accounts_membership m ON m.user_id = u.id AND m.office_id = me.office_id
                              AND 'attorney' = ANY(m.roles)
    JOIN accounts_office office ON office.id = me.office_id
    JOIN referrals_listing l ON l.office_id = me.office_id
    JOIN referrals_referral r ON r.id = l.referral_id
    JOIN referrals_queue q ON q.id = r.queue_id
    JOIN cases_case c ON c.id = r.case_id
    LEFT JOIN LATERAL (
      SELECT x.said_at, x.ended_at, x.ended_how, x.why_not FROM referrals_interest x
       WHERE x.referral_id = r.id AND x.practitioner_id = me.id ORDER BY x.said_at DESC LIMIT 1) i ON true
    CROSS JOIN LATERAL (SELECT (now() AT TIME ZONE office.time_zone)::date AS day) today
    CROSS JOIN LATERAL (SELECT (
      me.browses AND me.accepting AND me.verified_at IS NOT NULL
      AND (me.expires_on IS NULL OR me.expires_on >= today.day)
      AND (NOT EXISTS (SELECT FROM referrals_panelrules p WHERE p.office_id = me.office_id AND p.needs_cover)
           OR (me.cover_verified_at IS NOT NULL AND (me.cover_until IS NULL OR me.cover_until >= today.day)))
      AND (SELECT count(*) FROM referrals_assignment a WHERE a.practitioner_id = me.id AND a.ended_at IS NULL)
          < me.capacity
      AND r.status = 'queued' AND c.closed_at IS NULL AND i.ended_how IS DISTINCT FROM 'declined'
      AND NOT EXISTS (SELECT FROM referrals_cascade x WHERE x.referral_id = r.id AND x.ended_at IS NULL)
      AND EXISTS (SELECT FROM conflicts_standing s WHERE s.file_id = l.file_id AND s.state = 'clear')
      AND NOT EXISTS (SELECT FROM conflicts_conflicthit h WHERE h.file_id = l.file_id AND h.user_id = who
                         AND h.kind = 'conflict' AND h.status IN ('open', 'confirmed'))
      AND NOT EXISTS (SELECT FROM referrals_offer x JOIN referrals_referral y ON y.id = x.referral_id
                       WHERE y.case_id = r.case_id AND x.practitioner_id = me.id
                         AND x.status = 'declined' AND x.decline_reason = 'conflict')
      AND NOT EXISTS (SELECT FROM jsonb_array_elements_text(coalesce(q.takes->'trainings', '[]')) t
                       WHERE NOT EXISTS (SELECT FROM referrals_trained d WHERE d.practitioner_id = me.id
                                            AND d.dropped_at IS NULL AND d.training_id::text = t))
      AND (l.custody NOT IN ('ice', 'orr') OR me.detained)
      AND (l.state = '' OR me.remote OR me.states = '[]' OR me.states ? l.state)) AS is_open) o
   WHERE me.user_id = who
     AND NOT EXISTS (SELECT FROM conflicts_ringfence x WHERE x.file_id = l.file_id AND x.lifted_at IS NULL
                        AND x.user_id = who)
     AND (o.is_open OR i.said_at > now() - interval '60 days') $$;

-- The bound user's own board. Neither whose case it is comes back, nor the referral: a row has its own key.
CREATE FUNCTION sec.board() RETURNS {SHOWN}
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT * FROM sec.board_of(sec.user_id()) $$;

-- Ask for what stands on one's board: false where it does not any more, or was asked for already.
CREATE FUNCTION sec.say_interest(wanted uuid, made uuid) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM FROM referrals_referral r JOIN referrals_listing l ON l.referral_id = r.id
    WHERE l.id = wanted AND l.office_id = sec.office_id() FOR NO KEY UPDATE OF r;
  INSERT INTO referrals_interest (id, office_id, file_id, referral_id, practitioner_id, said_at, ended_how,
    why_not)
  SELECT made, l.office_id, l.file_id, l.referral_id, p.id, now(), '', ''
    FROM sec.board() b JOIN referrals_listing l ON l.id = b.id
    JOIN referrals_practitioner p ON p.user_id = sec.user_id()
   WHERE b.id = wanted AND b.is_open
  ON CONFLICT DO NOTHING;
  RETURN FOUND;
END $$;

-- Ask for it no more; the row's key, or nothing where it had ended.
CREATE FUNCTION sec.withdraw_interest(wanted uuid) RETURNS uuid LANGUAGE sql SECURITY DEFINER
  SET search_path = pg_catalog, public AS $$
  UPDATE referrals_interest i SET ended_at = now(), ended_how = 'withdrawn', ended_by_id = sec.user_id()
    FROM referrals_listing l, referrals_practitioner p
   WHERE l.id = wanted AND i.referral_id = l.referral_id AND i.practitioner_id = p.id
     AND p.user_id = sec.user_id() AND i.ended_at IS NULL
  RETURNING i.id $$;

{OWNED}
REVOKE ALL ON FUNCTION sec.board_of(bigint) FROM PUBLIC;
ALTER FUNCTION sec.board_of(bigint) OWNER TO intake_grantor;
GRANT EXECUTE ON FUNCTION sec.board_of(bigint) TO intake_as_system, intake_grantor;
GRANT SELECT ON referrals_listing, referrals_interest, referrals_queue, referrals_trained,
  referrals_panelrules, referrals_cascade, conflicts_standing, accounts_office TO intake_grantor;
GRANT INSERT, UPDATE ON referrals_interest TO intake_grantor;
GRANT UPDATE ON referrals_referral TO intake_grantor;
"""
OF_PRACTITIONERS = ("board()", "say_interest(uuid, uuid)", "withdraw_interest(uuid)")
BOARD = BOARD.replace("{SHOWN}", SHOWN).replace(
    "{OWNED}",
    "\n".join(
        f"ALTER FUNCTION sec.{one} OWNER TO intake_grantor;\nREVOKE ALL ON FUNCTION sec.{one} FROM PUBLIC;\n"
        f"GRANT EXECUTE ON FUNCTION sec.{one} TO intake_as_attorney;"
        for one in OF_PRACTITIONERS
    ),
)
