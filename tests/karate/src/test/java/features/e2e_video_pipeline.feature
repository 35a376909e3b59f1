@e2e @regression
Feature: from a property to its film

  Scenario: a published property with photos becomes a film by itself, under one correlation id
    * def correlationId = 'karate-' + newKey()
    * configure headers = { 'X-API-Key': '#(apiKey)', 'X-Correlation-ID': '#(correlationId)' }

    # an agency registers and publishes a property
    * def made = call read('classpath:support/register-poi.feature') { body: { name: 'Villa Méditerranée', address: '34000 Montpellier', poi_type: 'villa', facts: { rooms: 6, surface_m2: 185 }, agency: { name: 'Agence du Soleil', phone: '04 67 00 00 00' } } }
    * def poiId = made.response.id
    * call read('classpath:support/poi-step.feature') { id: '#(poiId)', verb: 'validate' }
    * call read('classpath:support/poi-step.feature') { id: '#(poiId)', verb: 'publish' }

    # it adds a photo and a walk-through
    * call read('classpath:support/upload.feature') { sample: 'salon.jpg', fileName: 'salon.jpg', assetType: 'photo' }
    * call read('classpath:support/upload.feature') { sample: 'visite.mp4', fileName: 'visite.mp4', assetType: 'video' }
    * def video = response
    Given url transcriptionUrl
    And path 'transcriptions', 'start'
    And params { poi_id: '#(poiId)', asset_video_id: '#(video.id)' }
    When method post
    Then status 202
    Given path 'transcriptions', response.id
    And retry until response.status == 'completed'
    When method get
    Then status 200

    # it asks for a script
    Given url scriptUrl
    And path 'scripts', 'generate'
    And params { poi_id: '#(poiId)', duration_s: 15 }
    When method post
    Then status 201
    * def script = response

    # the film makes itself
    Given url renderUrl
    And path 'renders'
    And param poi_id = poiId
    And retry until response.length == 1 && (response[0].status == 'completed' || response[0].status == 'failed')
    When method get
    Then status 200
    * def render = response[0]
    And match render contains schemas.render
    And match render contains { script_id: '#(script.id)', status: 'completed', stage: 'completed', progress: 100, error: null }
    And match each render.scenes contains schemas.renderScene
    And match each render.scenes contains { status: 'completed' }
    And match render.video == schemas.video
    And assert Math.abs(render.video.duration_s - script.total_duration_s) <= 0.5

    # and is downloaded, whole and in part
    Given url renderUrl + render.video.url
    When method get
    Then status 200
    And match header Content-Type == 'video/mp4'
    And match responseBytes.length == render.video.size_bytes
    * def box = new java.lang.String(responseBytes, 4, 4)
    And match box == 'ftyp'
    And match header ETag == '"' + render.video.sha256 + '"'

    Given url renderUrl + render.video.url
    And header Range = 'bytes=0-1023'
    When method get
    Then status 206
    And match responseBytes.length == 1024

    Given url renderUrl + render.captions_url
    When method get
    Then status 200
    And match header Content-Type contains 'text/vtt'
    And match response contains 'WEBVTT'

    Given url renderUrl + render.poster_url
    When method get
    Then status 200
    And match header Content-Type == 'image/jpeg'

    Given url renderUrl
    And path 'renders', render.id, 'scenes', '0', 'video'
    When method get
    Then status 200
    And match header Content-Type == 'video/mp4'

    # another format of the same script is one request away
    Given url renderUrl
    And path 'renders'
    And request { script_id: '#(script.id)', aspect_ratio: '1:1', profile: 'draft' }
    When method post
    Then status 202
    And match response contains { script_id: '#(script.id)', aspect_ratio: '1:1', profile: 'draft' }
    * def second = response.id

    Given path 'renders', second
    And retry until response.status == 'completed' || response.status == 'failed'
    When method get
    Then status 200
    And match response contains { status: 'completed' }
    And match response.video contains { width: 720, height: 720, fps: 24 }
