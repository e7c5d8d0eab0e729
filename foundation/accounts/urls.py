"""Signing in and everything about one's account. Some names are those allauth looks up."""

from django.urls import path

from foundation.accounts import (
    away_views,
    factor_views,
    looks,
    my_views,
    office_views,
    people_views,
    restoring_views,
    views,
)

urlpatterns = [
    # on the way in
    path("sign-in/", views.sign_in, name="login"),
    path("sign-in/", views.sign_in, name="account_login"),
    path("sign-in/second-step/", views.second_factor, name="mfa_authenticate"),
    path("sign-out/", views.sign_out, name="logout"),
    path("sign-out/", views.sign_out, name="account_logout"),
    path("invitation/", views.invitation, name="invitation"),
    path("invitation/<slug:token>/", views.follow_invitation, name="follow-invitation"),
    path("language/", views.set_language, name="set_language"),
    # signed in, with or without a second factor yet
    path("my/role/", my_views.act_in, name="act-in"),
    path("my/language/", views.set_my_language, name="set_my_language"),
    path("my/look/", looks.set_my_look, name="my-look"),
    path("sign-in/again/", views.confirm, name="account_reauthenticate"),
    path("sign-in/again/", views.confirm, name="mfa_reauthenticate"),
    path("sign-in/again/", views.confirm, name="mfa_reauthenticate_webauthn"),
    path("sign-in/waiting/", views.send_waiting, name="waiting"),
    path("my/sign-in/enroll/", factor_views.enroll, name="enroll"),
    path("my/sign-in/passkeys/add/", factor_views.add_passkey, name="mfa_add_webauthn"),
    path("my/sign-in/app/add/", factor_views.add_app, name="mfa_activate_totp"),
    # with a second factor
    path("my/sign-in/", my_views.my_sign_in, name="mfa_index"),
    path("my/sign-in/", my_views.my_sign_in, name="mfa_list_webauthn"),
    path("my/sign-in/app/remove/", factor_views.remove_app, name="mfa_deactivate_totp"),
    path("my/sign-in/passkeys/<int:pk>/remove/", factor_views.remove_passkey, name="mfa_remove_webauthn"),
    path("my/sign-in/passkeys/<int:pk>/name/", factor_views.rename_passkey, name="mfa_edit_webauthn"),
    path("my/sign-in/codes/", factor_views.recovery_codes, name="mfa_view_recovery_codes"),
    path("my/sign-in/codes/new/", factor_views.new_recovery_codes, name="mfa_generate_recovery_codes"),
    path("my/sign-in/password/", my_views.change_password, name="account_change_password"),
    path("my/sign-in/sessions/end/", my_views.end_session, name="end-session"),
    # administrators
    path("office/", office_views.office, name="office"),
    path("office/receipt/", office_views.receipt_looks, name="receipt-looks"),
    path("office/<uuid:pk>/undo/", office_views.undo_office_change, name="undo-office-change"),
    path("office/<uuid:pk>/drop/", office_views.drop_office_change, name="drop-office-change"),
    path("people/", people_views.people, name="people"),
    path("people/invite/", people_views.invite, name="invite"),
    path("people/withdraw/", people_views.withdraw, name="withdraw-invitation"),
    path("people/<int:pk>/", people_views.person, name="person"),
    path("people/<int:pk>/roles/", people_views.change_roles, name="change-roles"),
    path("people/<int:pk>/hand-over/", people_views.hand_over, name="hand-over"),
    path("people/<int:pk>/away/", away_views.away_of, name="away-of"),
    path("people/away/<int:pk>/end/", away_views.end_away_of, name="end-away-of"),
    path("my/away/", away_views.my_away, name="my-away"),
    path("my/away/<int:pk>/end/", away_views.end_away, name="end-away"),
    path("people/<int:pk>/assist/", people_views.begin_assistance, name="begin-assistance"),
    path("people/assist/<int:pk>/end/", people_views.end_assistance, name="end-assistance"),
    path("people/<int:pk>/disable/", people_views.disable, name="disable-person"),
    path("people/second-steps/", restoring_views.factors, name="factors"),
    path("people/<int:pk>/restore/", restoring_views.ask, name="restore-person"),
    path("people/restore/<uuid:pk>/withdraw/", restoring_views.withdraw_restore, name="withdraw-restore"),
    # the second of two who let somebody in again
    path("my/sign-in/colleagues/", restoring_views.waiting, name="restorations"),
    path("my/sign-in/colleagues/<uuid:pk>/", restoring_views.confirm_restore, name="confirm-restore"),
    path("people/<int:pk>/enable/", people_views.enable, name="enable-person"),
]
