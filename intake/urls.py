from django.urls import path, register_converter

from intake import asked_views, form_views, return_views, views
from intake.models import Wish
from intake.questionnaire.path import DOCUMENTS


class Kind:
    """What may be asked for with a receipt."""

    regex = "|".join(Wish.Kind.values)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return str(value)


register_converter(Kind, "kind")

app_name = "intake"
urlpatterns = [
    path("start/", form_views.start, name="start"),
    # Numbers, not words: what stands in a browser's history says nothing.
    path(f"form/{DOCUMENTS.number}/", form_views.documents, name="documents"),
    path("form/<int:number>/", form_views.show_page, name="page"),
    path("form/", form_views.show_map, name="map"),
    path("form/first/", form_views.first, name="first"),
    path("form/short/", form_views.short, name="short"),
    path("form/rest/", form_views.rest, name="rest"),
    path("form/talk/", form_views.talk, name="talk"),
    path("form/stop/", form_views.stop, name="stop"),
    path("review/", form_views.review, name="review"),
    path("receipt/", form_views.receipt, name="receipt"),
    path("closed/", views.closed, name="closed"),
    path("privacy/", views.privacy, name="privacy"),
    path("other-help/", views.other_help, name="other-help"),
    path("thanks/", form_views.thanks, name="thanks"),
    path("return/", return_views.come_back, name="return"),
    path("return/mine/", return_views.mine, name="mine"),
    path("return/write/", return_views.write, name="write"),
    path("return/papers/<int:number>/", asked_views.send_paper, name="send-paper"),
    path("return/change/", return_views.change, name="change"),
    path("return/<kind:kind>/take-back/", return_views.take_back, name="take-back"),
    path("return/<kind:kind>/", return_views.make_wish, name="wish"),
]
