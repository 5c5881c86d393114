import { execFileSync } from 'node:child_process';
import { createReadStream, existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RuleFile } from '@throughline/detect';
import { defaultLimits, readBatches } from '@throughline/intake';

const data = new URL('../../../shared/data', import.meta.url).pathname;

/** Whether the public rules and recordings lie beside the project. */
export const corpusPresent = existsSync(join(data, 'sigma/rules.tar.xz')) && existsSync(join(data, 'otrf'));

/** The public Sigma rules over Windows. */
export function windowsRules(): RuleFile[] {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-bench-'));
  try {
    execFileSync('tar', ['xJf', join(data, 'sigma/rules.tar.xz'), '-C', folder]);
    return globSync('**/*.yml', { cwd: folder })
      .sort()
      .map((path) => ({ path, text: readFileSync(join(folder, path), 'utf8') }))
      .filter(({ text }) => /^ +product: windows$/m.test(text));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Every `step`th Windows record of the OTRF recordings, as JSON. */
export async function windowsRecords(step: number): Promise<string[]> {
  const records: string[] = [];
  let place = 0;
  for (const file of globSync(join(data, 'otrf/**/*.zip')).sort()) {
    const options = {
      source: 'auto',
      tenantId: 'bench',
      now: new Date(),
      limits: defaultLimits,
      telemetry: true,
    } as const;
    for await (const batch of readBatches(createReadStream(file), options)) {
      for (const received of batch) {
        if (!('telemetry' in received) || received.source !== 'windowsEvent') continue;
        if (place++ % step === 0) records.push(received.telemetry.text);
      }
    }
  }
  return records;
}
