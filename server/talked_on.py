"""Who is asked about what they told, and talks of something else instead of answering, has told of
nothing; so has who is asked in vain where a colleague answers for them and says nothing of it.
Then it is not asked again, and no word closes it. No word of a text is looked at.
"""

from __future__ import annotations

from server.persistence.database import Connection
from server.persistence.outbox import Row
from server.persistence.questions import OUT

# So many words say something: 'ok', 'jaja' and 'ya voy' do not.
LEAST_WORDS = 3
# How the key of a question ends that was not asked before.
FIRST = ":1"
WENT_ON = "whom it asks talks of something else since"
ANSWERED_FOR = "somebody else answered it, and told nothing of it"


async def why_let_go(conn: Connection, row: Row) -> str:
    """Why a question need not be asked again, nor its end be told; empty when nothing says so.

    What cannot wait is never let go so, nor what its person has written of since. Small talk in
    which somebody is called is none, nor is what has just led on to the next question.
    """
    leads_on = row.purpose == "ask" and row.effect_key.endswith(FIRST)
    found = await (
        await conn.execute(
            """WITH asked AS (
                 SELECT i.chat, i.reporter_id, i.priority, min(o.done_at) AS at,
                   array_agg(o.remote ->> 'id') AS ids
                 FROM incidents i JOIN outbox o ON o.incident_id = i.id
                 WHERE i.id = %(incident)s AND o.purpose = 'ask' AND o.state = ANY (%(out)s)
                   AND o.remote IS NOT NULL
                 GROUP BY i.id),
               said AS (
                 SELECT m.person_id = a.reporter_id AS own, m.quotes = ANY (a.ids) AS quoted,
                   m.sent_at > a.at AS since,
                   t.incident_id, t.state,
                   coalesce((t.data ->> 'small_talk')::boolean, false)
                     AND t.data ->> 'order' IS NULL
                     AND (t.incident_id <> %(incident)s OR NOT %(next)s) AS small_talk,
                   coalesce(t.data ->> 'act' = 'chatter', false) AS chats,
                   cardinality(regexp_split_to_array(btrim(m.text), '\\s+')) >= %(words)s AS says
                 FROM asked a JOIN messages m ON m.chat = a.chat AND m.sent_at >
                   (SELECT min(sent_at) FROM messages WHERE incident_id = %(incident)s)
                 JOIN turns t ON t.id = m.turn_id
                 WHERE a.priority IS DISTINCT FROM 'urgent' AND NOT m.from_me)
               SELECT
                 bool_or(own AND says AND chats AND (state = 'nothing' OR small_talk)) AS went_on,
                 bool_or(own AND since AND incident_id = %(incident)s AND NOT chats) AS of_it,
                 bool_or(NOT own AND quoted AND says AND incident_id = %(incident)s) AS answered
               FROM said""",
            {"incident": row.incident_id, "out": OUT, "words": LEAST_WORDS, "next": leads_on},
        )
    ).fetchone()
    if found is None or found["of_it"]:
        return ""
    return WENT_ON if found["went_on"] else ANSWERED_FOR if found["answered"] else ""
