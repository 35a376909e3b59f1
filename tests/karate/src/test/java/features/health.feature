@smoke @regression
Feature: every service says how it is, and keeps its door closed

  Scenario Outline: <service>-service is alive and ready without a key
    * configure headers = null
    Given url services.<service>
    And path 'healthz'
    When method get
    Then status 200
    And match response == { status: 'ok' }
    And match header X-Correlation-ID == '#string'

    Given path 'readyz'
    When method get
    Then status 200
    And match response == { status: 'ready', checks: { database: 'ok', migrations: 'ok' } }

    Given path 'metrics'
    When method get
    Then status 200
    And match response contains 'http_request_duration_seconds'

    Given path 'openapi.json'
    When method get
    Then status 200
    And match response.info.title == '<service>-service'

    Examples:
      | service       |
      | poi           |
      | asset         |
      | script        |
      | transcription |
      | render        |

  Scenario Outline: <service>-service refuses a call <how>, even to a path that it does not have
    * configure headers = <headers>
    Given url services.<service>
    And path 'nothing', 'here'
    When method get
    Then status 401
    And match response == schemas.problem
    And match response contains { status: 401, code: 'unauthorized', instance: '/nothing/here' }
    And match header Content-Type contains 'application/problem+json'

    Examples:
      | service       | how              | headers                      |
      | poi           | without a key    | null                         |
      | asset         | without a key    | null                         |
      | script        | without a key    | null                         |
      | transcription | without a key    | null                         |
      | render        | without a key    | null                         |
      | poi           | with a wrong key | { 'X-API-Key': 'not-a-key' } |

  Scenario: a caller's correlation id is answered, an unusable one replaced
    Given url poiUrl
    And path 'pois'
    And header X-Correlation-ID = 'agency-42.import_7'
    When method get
    Then status 200
    And match header X-Correlation-ID == 'agency-42.import_7'

    Given path 'pois'
    And header X-Correlation-ID = 'not allowed!'
    When method get
    Then status 200
    And match header X-Correlation-ID == '#uuid'

  Scenario: a wrong verb and an unknown path say so
    Given url poiUrl
    And path 'pois'
    When method delete
    Then status 405
    And match response contains { code: 'method_not_allowed' }

    Given path 'nothing'
    When method get
    Then status 404
    And match response contains { code: 'not_found' }
