import { type Migration, sql } from 'kysely';

/**
 * The words of all texts, each once: other spellings of a word are looked up among these instead of in every text. Kept by
 * triggers, since texts are written in several places; words that no text has any more are removed by housekeeping.
 */
export const CUE_WORDS: Migration = {
  async up(db) {
    await sql`create table cue_words (word text primary key)`.execute(db);
    await sql`create index cue_words_by_trigrams on cue_words using gin (word gin_trgm_ops)`.execute(db);
    await sql`
      create function note_cue_words() returns trigger language plpgsql as $$
      begin
        insert into cue_words
        select distinct word from written, unnest(tsvector_to_array(to_tsvector('simple', written.text))) as word
        order by word on conflict do nothing;
        return null;
      end $$`.execute(db);
    await sql`
      create trigger note_words_of_new_cues after insert on cues
        referencing new table as written for each statement execute function note_cue_words()`.execute(db);
    await sql`
      create trigger note_words_of_changed_cues after update on cues
        referencing new table as written for each statement execute function note_cue_words()`.execute(db);
    await sql`
      insert into cue_words
      select distinct word from cues, unnest(tsvector_to_array(to_tsvector('simple', cues.text))) as word`.execute(db);
    await sql`drop index cues_by_trigrams`.execute(db);
  },
};
