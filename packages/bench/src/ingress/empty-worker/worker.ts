export default {
  fetch: (): Response => new Response('{}', { status: 202, headers: { 'content-type': 'application/json' } }),
};
