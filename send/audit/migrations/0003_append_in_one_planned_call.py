"""PostgreSQL appends to a chain in a function, whose plans it keeps: a quarter quicker than the same as one statement."""

from django.db import migrations

FUNCTION = r"""
CREATE OR REPLACE FUNCTION audit_append(
    given_body text, given_salt varchar, given_text text,
    given_stream varchar, given_at timestamptz, given_actor_kind varchar, given_actor_id bigint, given_actor_uuid uuid,
    given_system_name varchar, given_role varchar, given_organisation uuid, given_subject_reference varchar,
    given_action varchar, given_outcome varchar, given_request_id varchar, given_erases_to bigint, given_text_digest varchar,
    OUT event_id bigint, OUT event_sequence bigint, OUT event_previous_hash varchar, OUT event_hash varchar
) LANGUAGE plpgsql AS $$
BEGIN
    UPDATE audit_stream SET sequence = sequence + 1, previous_hash = hash,
        hash = encode(sha256(convert_to(hash || E'\n' || (sequence + 1)::text || E'\n' || given_body, 'UTF8')), 'hex')
    WHERE name = given_stream RETURNING sequence, previous_hash, hash INTO event_sequence, event_previous_hash, event_hash;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    INSERT INTO audit_auditevent (
        stream, at, actor_kind, actor_id, actor_uuid, system_name, role, organisation, subject_reference,
        action, outcome, request_id, erases_to, text_digest, sequence, previous_hash, hash
    ) VALUES (
        given_stream, given_at, given_actor_kind, given_actor_id, given_actor_uuid, given_system_name, given_role,
        given_organisation, given_subject_reference, given_action, given_outcome, given_request_id, given_erases_to,
        given_text_digest, event_sequence, event_previous_hash, event_hash
    ) RETURNING id INTO event_id;
    INSERT INTO audit_audittext (event_id, salt, text) VALUES (audit_append.event_id, given_salt, given_text);
END $$
"""


def create(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(FUNCTION)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION IF EXISTS audit_append")


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_append_only")]

    operations = [migrations.RunPython(create, drop)]
