/** What is to be ended when the server stops. */
export interface StopHook {
  name: string;
  stop(): Promise<void> | void;
}

/** The ordered end of a process. */
export interface Shutdown {
  /** Adds a hook. Hooks run one after another, the last added first. */
  onStop(hook: StopHook): void;
  /** Runs the hooks once; a second call awaits the first. Resolves false when they did not end within the limit. */
  stop(): Promise<boolean>;
  /** SIGINT and SIGTERM (and SIGHUP) stop and exit; a second signal exits at once. */
  listenToSignals(): void;
}

/** What `createShutdown` takes. */
export interface ShutdownOptions {
  /** Time for all hooks together, ms. */
  limitMs?: number;
  /** Told of hooks that throw and of a limit that was passed. */
  warn: (message: string) => void;
  exit?: (code: number) => void;
}

const LIMIT_MS = 5_000;
const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/** Creates the shutdown of this process. */
export function createShutdown(options: ShutdownOptions): Shutdown {
  const { limitMs = LIMIT_MS, warn, exit = (code) => process.exit(code) } = options;
  const hooks: StopHook[] = [];
  let stopping: Promise<boolean> | undefined;
  let current = '';

  const runHooks = async () => {
    for (let hook = hooks.pop(); hook !== undefined; hook = hooks.pop()) {
      current = hook.name;
      try {
        await hook.stop();
      } catch (error) {
        warn(`${hook.name} did not stop cleanly: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
    return true;
  };
  const stopOnce = async () => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<boolean>((resolve) => {
      timer = setTimeout(() => {
        warn(`Stopping took longer than ${limitMs / 1000} s (at: ${current}); leaving the rest to end by itself`);
        resolve(false);
      }, limitMs);
    });
    const inTime = await Promise.race([runHooks(), late]);
    clearTimeout(timer);
    return inTime;
  };
  const stop = () => {
    stopping ??= stopOnce();
    return stopping;
  };
  return {
    onStop: (hook) => void hooks.push(hook),
    stop,
    listenToSignals() {
      let asked = false;
      for (const [signal, code] of Object.entries(SIGNALS)) {
        process.on(signal, () => {
          if (asked) return exit(code);
          asked = true;
          void stop().then((inTime) => exit(inTime ? 0 : 1));
        });
      }
    },
  };
}
