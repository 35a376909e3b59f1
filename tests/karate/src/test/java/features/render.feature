@regression
Feature: films in the making

  Background:
    * url renderUrl

  @smoke
  Scenario: renders are listed, and an unknown one is not found
    Given path 'renders'
    When method get
    Then status 200
    And match response == '#array'

    Given path 'renders', nobody
    When method get
    Then status 404
    And match response == schemas.problem
    And match response contains { code: 'not_found' }

    Given path 'renders', nobody, 'video'
    When method get
    Then status 404

  Scenario: a script that has not arrived cannot be rendered
    Given path 'renders'
    And request { script_id: '#(nobody)' }
    When method post
    Then status 404
    And match response == schemas.problem
    And match response contains { code: 'script_not_found' }

  Scenario Outline: an order with a bad <field> is refused by name
    Given path 'renders'
    And request <body>
    When method post
    Then status 422
    And match response.errors[0].loc contains '<field>'

    Examples:
      | field        | body                                                    |
      | script_id    | {}                                                      |
      | aspect_ratio | { script_id: '#(nobody)', aspect_ratio: '21:9' }        |
      | profile      | { script_id: '#(nobody)', profile: 'cinema' }           |

  Scenario: a bad status in a listing is refused by name
    Given path 'renders'
    And param status = 'sold'
    When method get
    Then status 422
    And match response.errors[0].loc == ['query', 'status']

  Scenario: a film is cancelled once, and only a failed one is tried again
    * def made = call read('classpath:support/register-poi.feature') { body: { name: 'Maison à annuler' } }
    * def poiId = made.response.id
    Given url scriptUrl
    And path 'scripts', 'generate'
    And params { poi_id: '#(poiId)', duration_s: 90 }
    When method post
    Then status 201

    Given url renderUrl
    And path 'renders'
    And param poi_id = poiId
    And retry until response.length == 1
    When method get
    Then status 200
    And match response[0] contains schemas.render
    * def id = response[0].id

    Given path 'renders', id, 'cancel'
    When method post
    Then status 202
    And match response contains { status: 'cancelled', stage: 'cancelled' }

    Given path 'renders', id, 'cancel'
    When method post
    Then status 409
    And match response contains { code: 'render_finished' }

    Given path 'renders', 'retry', id
    When method post
    Then status 409
    And match response contains { code: 'render_not_failed' }

    Given path 'renders', id, 'video'
    When method get
    Then status 404
    And match response contains { code: 'render_not_completed' }
