@regression
Feature: what was said on a walk-through

  Background:
    * url transcriptionUrl
    * def poiId = newKey()

  @smoke
  Scenario: a recording is listened to in the background, over its true length
    * call read('classpath:support/upload.feature') { sample: 'visite.mp4', fileName: 'visite.mp4', assetType: 'video' }
    * def asset = response
    Given path 'transcriptions', 'start'
    And params { poi_id: '#(poiId)', asset_video_id: '#(asset.id)' }
    When method post
    Then status 202
    And match response == schemas.transcription
    * def id = response.id

    Given path 'transcriptions', id
    And retry until response.status == 'completed' || response.status == 'failed'
    When method get
    Then status 200
    And match response == schemas.transcription
    And match response contains { status: 'completed', progress: 100, error: null, completed_at: '#string' }
    And match each response.segments == { start_s: '#number', end_s: '#number', text: '#string' }
    And assert Math.abs(response.segments[response.segments.length - 1].end_s - asset.duration_s) < 0.5

    Given path 'transcriptions'
    And param poi_id = poiId
    When method get
    Then status 200
    And match karate.map(response, x => x.id) == ['#(id)']

  Scenario Outline: <what> ends as failed, with <code>
    * def photo = call read('classpath:support/upload.feature') { sample: 'salon.jpg', fileName: 'salon.jpg', assetType: 'photo' }
    * def assetId = <asset>
    Given path 'transcriptions', 'start'
    And params { poi_id: '#(<poi>)', asset_video_id: '#(assetId)' }
    When method post
    Then status 202
    * def id = response.id

    Given path 'transcriptions', id
    And retry until response.status == 'completed' || response.status == 'failed'
    When method get
    Then status 200
    And match response contains { status: 'failed', text: null, segments: [] }
    And match response.error == schemas.failure
    And match response.error.code == '<code>'

    Examples:
      | what                 | asset             | poi      | code                    |
      | an unknown asset     | nobody            | poiId    | asset_not_found         |
      | a photo              | photo.response.id | poiId    | asset_not_transcribable |
      | another POI's asset  | photo.response.id | newKey() | asset_poi_mismatch      |

  Scenario: parameters are checked at once
    Given path 'transcriptions', 'start'
    And param poi_id = poiId
    When method post
    Then status 422
    And match response.errors[0].loc == ['query', 'asset_video_id']

    Given path 'transcriptions', nobody
    When method get
    Then status 404
    And match response == schemas.problem
    And match response contains { code: 'not_found' }
