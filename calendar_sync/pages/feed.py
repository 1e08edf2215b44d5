"""The diary's JSON for the grid in the browser: reading events, and moving one by dragging it."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.utils.translation import gettext
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from calendar_sync import by_hand, day_sheet, places
from calendar_sync.availability import Period, moment
from calendar_sync.errors import DiaryError
from calendar_sync.google.busy import look_again
from calendar_sync.models import Appointment, Practitioner
from calendar_sync.room_sheet import room_events
from tenants.access import business_of, find, membership_of

LONGEST = dt.timedelta(days=45)


class WindowQuery(serializers.Serializer):
    """`start` and `end`: local times of the business, without offset."""

    start = serializers.DateTimeField(default_timezone=None)
    end = serializers.DateTimeField(default_timezone=None)

    def validate(self, attrs: dict[str, dt.datetime]) -> dict[str, dt.datetime]:
        if not dt.timedelta(0) < attrs["end"] - attrs["start"] <= LONGEST:
            raise serializers.ValidationError(gettext("Ask for up to 45 days, the start before the end."))
        return attrs


class Moving(serializers.Serializer):
    """`start`: local time without offset; `resource`: the practitioner's id."""

    start = serializers.DateTimeField(default_timezone=None)
    resource = serializers.IntegerField()


class DiaryEvents(APIView):
    """`?start=…&end=…`, with `location=2` or `practitioner=3` for some of them, or `view=rooms` for rooms."""

    def get(self, request: Request) -> Response:
        business = business_of(_plain(request))
        query = WindowQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        zone = ZoneInfo(business.timezone)
        window = Period(*(query.validated_data[name].replace(tzinfo=zone) for name in ("start", "end")))
        if request.query_params.get("view") == "rooms":
            return Response(room_events(window, zone))
        who, where = (request.query_params.get(name, "") for name in ("practitioner", "location"))
        people = [each for each in day_sheet.people_in(window) if who in ("", str(each.pk))]
        if not where:
            return Response(day_sheet.events(business, people, window))
        location_id = int(where) if where.isdecimal() and len(where) < 10 else 0
        works_at = places.works_at(people)
        there = [each for each in people if location_id in works_at[each.pk]]
        return Response(day_sheet.events(business, there, window, location_id))


class DiaryEvent(APIView):
    def patch(self, request: Request, appointment_id: int) -> Response:
        """200 with the event as it stands now; 409 {"detail", "url"} when the diary refuses."""
        plain = _plain(request)
        business = business_of(plain)
        appointment = find(plain, Appointment.objects.select_related("service", "practitioner"), pk=appointment_id)
        asked = Moving(data=request.data)
        asked.is_valid(raise_exception=True)
        practitioner = find(plain, Practitioner, pk=asked.validated_data["resource"])
        wall, zone = asked.validated_data["start"], ZoneInfo(business.timezone)
        starts_at = moment(wall.date(), wall.time(), zone)
        try:
            look_again(business, practitioner.pk, starts_at)
            by_hand.move_by_hand(
                business,
                appointment,
                starts_at=starts_at,
                practitioner=practitioner,
                user_id=membership_of(plain).user_id,
            )
        except DiaryError as error:
            return Response({"detail": gettext(str(error))}, status=status.HTTP_409_CONFLICT)
        moved = Appointment.objects.select_related("service", "practitioner", "patient").get(pk=appointment_id)
        return Response(day_sheet.event_of(moved, zone))


def _plain(request: Request) -> HttpRequest:
    return request._request  # the one that the middlewares saw
