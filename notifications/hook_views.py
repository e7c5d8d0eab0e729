"""The door at which a gateway says what came and what became of a message: signed, and answered at once."""

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.request import RawPostDataException
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.module_loading import import_string
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from foundation.accounts.access import public
from foundation.accounts.models import Office
from notifications.arrivals import take_in
from notifications.gateway import BadBody, BadSignature, Gateway

LARGEST = 256 * 1024  # bytes: a message is words; pictures come by no hook


@csrf_exempt  # a machine sends it; its signature is what lets it in
@public
@require_POST
def sms_hook(request: HttpRequest) -> HttpResponse:
    """Take what the gateway says: 204 also for a copy, 403 unsigned, 400 unreadable, 413 too large."""
    if int(request.headers.get("Content-Length") or 0) > LARGEST:
        return HttpResponse(status=413)
    gateway: Gateway = import_string(settings.SMS_HOOK)()
    try:
        url = settings.SITE_URL + request.path
        came = gateway.read(request.body, request.headers, url)
    except (BadSignature, RawPostDataException):  # a form with files, which no gateway sends
        return HttpResponse(status=403)
    except BadBody:
        return HttpResponse(status=400)
    office = get_object_or_404(Office, slug=settings.INTAKE_OFFICE)
    with transaction.atomic():
        take_in(came, office=office, at=timezone.now())
    return HttpResponse(status=204)
