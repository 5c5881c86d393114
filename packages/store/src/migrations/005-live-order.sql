-- Numbers of live events become visible in order: whoever writes them keeps other writers waiting until the commit.
create function order_live() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock(7412603);
  return null;
end $$;
create trigger live_event_ordered before insert on live_event for each statement execute function order_live();
