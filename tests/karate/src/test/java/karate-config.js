// Where the five services are, and the key: by -D, by environment, or as make dev and compose have them.
function fn() {
  const Masked = Java.type('support.MaskedKey');
  const setting = (name, fallback) =>
    karate.properties[name] || java.lang.System.getenv(name) || fallback;

  karate.configure('logModifier', new Masked());
  karate.configure('retry', { count: 40, interval: 3000 });
  karate.configure('connectTimeout', 10000);
  karate.configure('readTimeout', 60000);
  const apiKey = setting('API_KEY', 'dev-api-key').split(',')[0].trim();
  karate.configure('headers', { 'X-API-Key': apiKey });

  const services = {
    poi: setting('POI_BASE_URL', 'http://localhost:8001'),
    asset: setting('ASSET_BASE_URL', 'http://localhost:8002'),
    script: setting('SCRIPT_BASE_URL', 'http://localhost:8003'),
    transcription: setting('TRANSCRIPTION_BASE_URL', 'http://localhost:8004'),
    render: setting('RENDER_BASE_URL', 'http://localhost:8005'),
  };
  return {
    services,
    apiKey,
    poiUrl: services.poi,
    assetUrl: services.asset,
    scriptUrl: services.script,
    transcriptionUrl: services.transcription,
    renderUrl: services.render,
    schemas: read('classpath:schemas/schemas.js')(),
    nobody: '01890000-0000-7000-8000-000000000000',
    newKey: () => java.util.UUID.randomUUID() + '',
  };
}
