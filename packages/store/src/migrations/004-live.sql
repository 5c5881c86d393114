-- Whoever waits for live events hears of them at commit, whichever part of the system wrote them.
create function tell_live() returns trigger language plpgsql as $$
begin
  perform pg_notify('throughline_live', '');
  return null;
end $$;
create trigger live_event_told after insert on live_event for each statement execute function tell_live();
