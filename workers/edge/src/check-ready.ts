export interface Readiness {
  ready: boolean;
  /** What is wrong, in words for an operator. */
  faults: string[];
}

/** Whether a webhook that came now would be taken: the hub answers, and says that it is ready itself. */
export async function checkReady(hubUrl: string, fetchHub: typeof fetch): Promise<Readiness> {
  const signal = AbortSignal.timeout(2_000);
  try {
    const response = await fetchHub(`${hubUrl.replace(/\/+$/, '')}/readyz`, { redirect: 'manual', signal });
    await response.body?.cancel();
    return response.ok ? { ready: true, faults: [] } : unready(`the hub's /readyz answered ${response.status}`);
  } catch (error) {
    if (signal.aborted) return unready('the hub did not answer within 2000 ms');
    return unready(`the hub can not be reached: ${error instanceof Error ? error.message : String(error)}`);
  }
}

const unready = (fault: string): Readiness => ({ ready: false, faults: [fault] });
