-- Passwords and keys for other systems, sealed with a key that is not in this database.

create table secret (
  tenant_id   text not null references tenant,
  owner       text not null, -- what it belongs to: "audit.webhook", "channel/3"
  destination text not null, -- where it may be sent to; part of the seal
  key_id      text not null, -- which key sealed it
  sealed      bytea not null, -- AES-256-GCM: nonce (12), tag (16), ciphertext
  sealed_at   timestamptz(3) not null default now(),
  primary key (tenant_id, owner)
);
