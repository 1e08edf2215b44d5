"""What stands already takes its time; and the database refuses a standing appointment that takes none.

The check waits for the commit, because the appointment's row comes before the rows of what it takes. It looks at the
row as it is then, in the schema that the trigger belongs to, whatever the search path has become.
"""

from django.db import migrations

FILL = """
INSERT INTO calendar_sync_takentime (practitioner_id, during, appointment_id)
SELECT practitioner_id, during, id FROM calendar_sync_appointment WHERE status IN ('pending', 'confirmed');
"""

GUARD = """
CREATE FUNCTION appointment_takes_its_time() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    suspect bigint;
    wrong boolean;
BEGIN
    IF TG_TABLE_NAME = 'calendar_sync_appointment' THEN suspect := NEW.id; ELSE suspect := OLD.appointment_id; END IF;
    IF suspect IS NULL THEN RETURN NULL; END IF;
    EXECUTE format(
        'SELECT EXISTS (SELECT 1 FROM %1$I.calendar_sync_appointment a
                         WHERE a.id = $1 AND a.status IN (''pending'', ''confirmed'') AND a.session_id IS NULL
                           AND NOT EXISTS (SELECT 1 FROM %1$I.calendar_sync_takentime t
                                            WHERE t.appointment_id = a.id AND t.practitioner_id = a.practitioner_id
                                              AND t.during @> a.during))', TG_TABLE_SCHEMA)
       INTO wrong USING suspect;
    IF wrong THEN
        RAISE EXCEPTION 'appointment % takes no time', suspect USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER appointment_takes_its_time
    AFTER INSERT OR UPDATE ON calendar_sync_appointment
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION appointment_takes_its_time();

CREATE CONSTRAINT TRIGGER taken_time_is_not_taken_away
    AFTER UPDATE OR DELETE ON calendar_sync_takentime
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION appointment_takes_its_time();
"""

UNGUARD = """
DROP TRIGGER taken_time_is_not_taken_away ON calendar_sync_takentime;
DROP TRIGGER appointment_takes_its_time ON calendar_sync_appointment;
DROP FUNCTION appointment_takes_its_time();
"""


class Migration(migrations.Migration):
    dependencies = [("calendar_sync", "0002_booking_rules")]

    operations = [
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
