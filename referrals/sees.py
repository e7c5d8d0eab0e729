"""Which rows of referrals an attorney sees, as the policies of its models say it."""

from foundation.database.rows import UNFENCED

# What is offered to, or held by, an attorney or one they answer for (referrals/sql.py); nothing of a matter
# that they are kept off.
ANSWERED = "user_id = ANY(ARRAY(SELECT f FROM sec.answered_users() f))"
OWN_OR_FIRM = f"{ANSWERED} AND {UNFENCED}"
# An attorney sees the referrals of the offers that they see, and nothing else of a case before accepting.
ASKED = "id = ANY(ARRAY(SELECT o.referral_id FROM referrals_offer o))"
# And what hangs on an offer that they see.
OF_SEEN_OFFER = "offer_id = ANY(ARRAY(SELECT o.id FROM referrals_offer o))"
