import { EmptyState, Link, PageHeader } from '../kit/index.ts';
import { settingsGroups } from './settings-pages.ts';
import { useSettingsPages } from './use-settings-pages.ts';

/** Every page of settings a person may open, each with what it is for. */
export function SettingsPage() {
  const pages = useSettingsPages();
  return (
    <main className="h-full overflow-auto pb-10">
      <PageHeader
        title="Settings"
        lead="Everything here has a default that suits a team of five. Changes are told in the audit log."
      />
      {pages.length === 0 && (
        <EmptyState title="Nothing to set up for you">
          Settings are shown to people whose role allows reading them. An administrator can add one to yours.
        </EmptyState>
      )}
      <div className="max-w-240 px-4">
        {settingsGroups.map((group) => {
          const own = pages.filter((page) => page.group === group);
          if (own.length === 0) return null;
          return (
            <section
              key={group}
              aria-label={group}
              className="hairline grid gap-x-6 gap-y-1 border-t py-4 md:grid-cols-[180px_1fr]"
            >
              <h2 className="pt-1 font-semibold">{group}</h2>
              <ul className="grid gap-1 sm:grid-cols-2">
                {own.map(({ path, title, description }) => (
                  <li key={path} className="relative rounded-md px-2 py-1 hover:bg-n3">
                    <Link to={path} className="font-medium after:absolute after:inset-0">
                      {title}
                    </Link>
                    <p className="text-12 text-n10">{description}</p>
                  </li>
                ))}
              </ul>
            </section>
          );
        })}
      </div>
    </main>
  );
}
