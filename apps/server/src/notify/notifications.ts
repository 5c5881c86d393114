/** What routes need to set up and try notifications. */
export type Notifications = {
  /** Where people reach the portal. */
  portalUrl: () => string;
  /** Certificates (PEM) that mail servers are checked against instead of the system's. */
  mailCa?: string | undefined;
  /** Wakes the notifier. */
  wake: () => void;
};
