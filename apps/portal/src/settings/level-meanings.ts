import type { RemediationLevel } from '@throughline/model';

/** What automation will do on a device at each level. */
export const levelMeanings: Readonly<Record<RemediationLevel, string>> = {
  none: 'Alerts on these devices start no automated investigation, and nothing is remediated.',
  approveAll: 'Every remediation waits for a person, wherever the file is.',
  approveCore:
    'What is malicious is remediated by itself, except in system folders, where it waits for a person. What is only suspicious always waits.',
  approveNonTemporary:
    'What is malicious is remediated by itself in temporary and download folders, and waits for a person elsewhere. What is only suspicious always waits.',
  full: 'What is malicious is remediated by itself. What is only suspicious waits for a person.',
};
