import puppeteer, { type Browser } from 'puppeteer-core';

/** Keeps a test browser from talking to anybody but the page under test. */
const QUIET = [
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
];

export interface LaunchOptions {
  executablePath: string;
  /** Folder of the unpacked extension; null for a browser without it. */
  extension: string | null;
  headless: boolean;
  /** A profile to keep; without it a fresh one is made and removed. */
  profile?: string;
  /** A BCP 47 tag: the language of the browser and so of the panel. */
  language?: string;
  dark?: boolean;
  args?: string[];
}

/** Starts the browser with the unpacked extension in it. Rejects with one sentence when it cannot. */
export async function launchBrowser(options: LaunchOptions): Promise<Browser> {
  const { executablePath, extension, headless, profile, language, dark = false, args = [] } = options;
  // As root (containers, CI) Chromium refuses to start with its sandbox on.
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  try {
    return await puppeteer.launch({
      executablePath,
      headless,
      pipe: true,
      enableExtensions: extension === null ? false : [extension],
      defaultViewport: null,
      ...(profile === undefined ? {} : { userDataDir: profile }),
      // A person at the window is no automation: no bar that says so.
      ...(headless ? {} : { ignoreDefaultArgs: ['--enable-automation'] }),
      handleSIGINT: false,
      env: { ...process.env, ...(language === undefined ? {} : { LANGUAGE: language }) },
      args: [
        ...QUIET,
        ...sandbox,
        '--window-size=1400,1000',
        ...(language === undefined ? [] : [`--lang=${language}`]),
        ...(dark ? ['--force-dark-mode'] : []),
        ...args,
      ],
    });
  } catch (error) {
    throw new Error(whyNot(error, executablePath, profile));
  }
}

function whyNot(error: unknown, executablePath: string, profile: string | undefined): string {
  const text = String((error as Error)?.message ?? error);
  if (/already running|ProcessSingleton|SingletonLock/i.test(text))
    return `The browser profile ${profile} is in use. Close the browser that uses it, or name another with --profile.`;
  if (/unloadable|manifest/i.test(text)) return `The browser does not take the extension: ${firstLine(text)}`;
  return `${executablePath} does not start as a Chromium-based browser: ${firstLine(text)}`;
}

const firstLine = (text: string): string =>
  text
    .split('\n')
    .find((line) => line.trim() !== '')
    ?.trim() ?? text;
