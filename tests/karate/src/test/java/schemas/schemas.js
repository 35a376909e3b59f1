// What the services answer, as Karate matches it.
function fn() {
  const uuid = '#uuid';
  const time = '#regex \\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?Z';
  const maybeTime = '##regex \\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?Z';
  const problem = {
    type: '#string',
    title: '#string',
    status: '#number',
    detail: '#string',
    instance: '#string',
    code: '#regex [a-z][a-z0-9_]*',
    correlation_id: '#string',
    errors: '##array',
  };
  const failure = { code: '#regex [a-z][a-z0-9_]*', detail: '#string' };
  const poi = {
    id: uuid,
    name: '#string',
    description: '#string',
    address: '#string',
    lat: '##number',
    lon: '##number',
    poi_type: '#regex [a-z0-9_-]{1,50}',
    tags: '#array',
    facts: '#object',
    agency: '##object',
    status: '#regex draft|validated|published|archived',
    version: '#number',
    created_at: time,
    updated_at: time,
  };
  const asset = {
    id: uuid,
    poi_id: uuid,
    name: '#string',
    asset_type: '#regex photo|plan|video|audio|document',
    file_path: '##string',
    mime_type: '##string',
    room: '#string',
    position: '##number',
    metadata: '#object',
    content_status: '#regex missing|available',
    size_bytes: '##number',
    sha256: '##regex [0-9a-f]{64}',
    width: '##number',
    height: '##number',
    duration_s: '##number',
    created_at: time,
    updated_at: time,
  };
  const scene = {
    index: '#number',
    title: '#string',
    narration: '#string',
    on_screen_text: '#string',
    duration_s: '#? _ > 0',
    asset_id: '##uuid',
    room: '#string',
    motion: '#regex push_in|pull_out|pan_left|pan_right|tilt_up|tilt_down|hold',
    visual_prompt: '#string',
  };
  const script = {
    id: uuid,
    poi_id: uuid,
    title: '#string',
    language: '#regex fr|en',
    aspect_ratio: '#regex 16:9|9:16|1:1',
    provider: '#string',
    model: '#string',
    total_duration_s: '#? _ > 0',
    scenes: '#array',
    created_at: time,
  };
  const transcription = {
    id: uuid,
    poi_id: uuid,
    asset_id: uuid,
    status: '#regex queued|running|completed|failed',
    progress: '#? _ >= 0 && _ <= 100',
    provider: '#string',
    language: '##string',
    text: '##string',
    segments: '#array',
    error: '##object',
    created_at: time,
    updated_at: time,
    completed_at: maybeTime,
  };
  const renderScene = {
    index: '#number',
    status: '#regex queued|running|completed|failed|unknown',
    provider: '#regex local|runway',
    provider_job_id: '##string',
    duration_s: '#? _ > 0',
    attempts: '#number',
    credits: '##number',
    error: '##object',
  };
  const render = {
    id: uuid,
    poi_id: uuid,
    script_id: uuid,
    status: '#regex queued|running|completed|failed|cancelled',
    stage: '#string',
    progress: '#? _ >= 0 && _ <= 100',
    mode: '#regex stub|live',
    aspect_ratio: '#regex 16:9|9:16|1:1|4:5',
    profile: '#regex draft|standard|high',
    scenes: '#array',
    video: '##object',
    poster_url: '##string',
    captions_url: '##string',
    error: '##object',
    created_at: time,
    updated_at: time,
    completed_at: maybeTime,
  };
  const video = {
    url: '#string',
    width: '#number',
    height: '#number',
    fps: '#number',
    duration_s: '#? _ > 0',
    size_bytes: '#? _ > 0',
    sha256: '#regex [0-9a-f]{64}',
  };
  return { problem, failure, poi, asset, scene, script, transcription, renderScene, render, video };
}
