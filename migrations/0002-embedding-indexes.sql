-- Search by meaning: which embedding model reads the knowledge, and the vector of each chunk under it.

-- building: vectors are being computed · active: answers · retired: another one took its place, its vectors are gone ·
-- failed: given up, the reason says why.
create table knowledge.embedding_indexes (
  id uuid primary key,
  provider text not null check (provider in ('builtin', 'onnx', 'openai')),
  -- The embedder's id; null until it was opened or trained. Vectors of two ids never mix.
  model text,
  dimension integer check (dimension between 1 and 65536),
  state text not null check (state in ('building', 'active', 'retired', 'failed')),
  -- Why it is being built, or why that does not go on.
  reason text,
  -- What the builtin model learned, so that every process and every start reads with the same one.
  learned bytea,
  -- Chunks there were when it learned: when too many of them are gone or new, it learns anew.
  learned_chunks integer not null default 0,
  created_at timestamptz not null,
  activated_at timestamptz,
  check (state <> 'active' or (model is not null and dimension is not null))
);
create unique index embedding_indexes_one_active on knowledge.embedding_indexes (state) where state = 'active';
create unique index embedding_indexes_one_building on knowledge.embedding_indexes (state) where state = 'building';

create table knowledge.vectors (
  index_id uuid not null references knowledge.embedding_indexes (id) on delete cascade,
  -- A chunk that gets another id keeps its text, and with it its vector.
  chunk_id uuid not null references knowledge.chunks (id) on delete cascade on update cascade,
  -- The model learned from this chunk.
  learned boolean not null,
  -- 32-bit floats, little end first, of length 1; null: not computed yet.
  vector bytea,
  primary key (index_id, chunk_id)
);
-- Floats do not compress: trying costs time, and a piece of a compressed value cannot be read by itself.
alter table knowledge.embedding_indexes alter column learned set storage external;
alter table knowledge.vectors alter column vector set storage external;
create index vectors_chunk on knowledge.vectors (chunk_id);

-- Every process hears of a change of the knowledge when it is committed, whoever made it.
create function knowledge.tell_change() returns trigger language plpgsql as $$
begin
  perform pg_notify('signalbox_knowledge', '');
  return null;
end
$$;
create trigger versions_tell after insert on knowledge.versions
  for each statement execute function knowledge.tell_change();
