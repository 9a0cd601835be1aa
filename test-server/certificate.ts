import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** PEM texts for `tls.createServer`. */
export interface Certificate {
  key: string;
  cert: string;
}

const ARGUMENTS =
  'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30 -subj /CN=localhost -keyout - -out -';

/**
 * Makes a self-signed certificate for localhost with the `openssl` command.
 * @throws Error with one clear sentence when there is no `openssl` or it fails.
 */
export async function makeCertificate(): Promise<Certificate> {
  const names = ['-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1,IP:::1'];
  try {
    const { stdout } = await promisify(execFile)('openssl', [...ARGUMENTS.split(' '), ...names]);
    return { key: pem(stdout, 'PRIVATE KEY'), cert: pem(stdout, 'CERTIFICATE') };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reason = code === 'ENOENT' ? 'the openssl command is not installed' : message;
    throw new Error(`HTTP/2 needs a certificate, and none could be made: ${reason}.`);
  }
}

function pem(text: string, label: string): string {
  const end = `-----END ${label}-----`;
  const from = text.indexOf(`-----BEGIN ${label}-----`);
  return `${text.slice(from, text.indexOf(end) + end.length)}\n`;
}
