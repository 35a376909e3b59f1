@regression
Feature: scripts, written from the property's own facts

  Background:
    * url scriptUrl
    * def made = call read('classpath:support/register-poi.feature') { body: { name: 'Mas des Oliviers', address: '34000 Montpellier', poi_type: 'house', facts: { rooms: 6, surface_m2: 140, price: { amount: '415000', currency: 'EUR' }, transaction: 'sale' }, agency: { name: 'Agence du Soleil' } } }
    * def poiId = made.response.id

  @smoke
  Scenario: a script is generated, kept and listed
    Given path 'scripts', 'generate'
    And params { poi_id: '#(poiId)', language: 'fr', duration_s: 20 }
    When method post
    Then status 201
    And match response contains schemas.script
    And match response.scenes == '#[_ > 0]'
    And match each response.scenes contains schemas.scene
    And match response contains { poi_id: '#(poiId)', language: 'fr', aspect_ratio: '16:9' }
    And assert Math.abs(response.total_duration_s - 20) <= 1
    And assert Math.abs(response.total_duration_s - response.scenes.reduce((sum, s) => sum + s.duration_s, 0)) < 0.01
    And assert response.scenes.every(s => s.on_screen_text.split(/\s+/).length <= 8)
    * def script = response

    Given path 'scripts', script.id
    When method get
    Then status 200
    And match response == script

    Given path 'scripts'
    And param poi_id = poiId
    When method get
    Then status 200
    And match karate.map(response, x => x.id) == ['#(script.id)']

  Scenario: every photo is shown, and the same room never moves the same way twice running
    * call read('classpath:support/upload.feature') { sample: 'salon.jpg', fileName: 'facade.jpg', assetType: 'photo' }
    * def facade = response.id
    * call read('classpath:support/upload.feature') { sample: 'salon.jpg', fileName: 'salon.jpg', assetType: 'photo' }
    * def salon = response.id
    Given path 'scripts', 'generate'
    And params { poi_id: '#(poiId)', language: 'en', aspect_ratio: '9:16', duration_s: 15 }
    When method post
    Then status 201
    And match response contains { language: 'en', aspect_ratio: '9:16' }
    And match karate.map(response.scenes, x => x.asset_id) contains ['#(facade)', '#(salon)']
    And assert response.scenes.every((s, i, all) => i == 0 || !s.asset_id || !all[i - 1].asset_id || s.motion != all[i - 1].motion)

  Scenario: an unknown property has no script, an archived one gets no new one
    Given path 'scripts', 'generate'
    And param poi_id = nobody
    When method post
    Then status 404
    And match response == schemas.problem
    And match response contains { code: 'not_found' }

    * def step = function(verb) { karate.call('classpath:support/poi-step.feature', { id: poiId, verb: verb }) }
    * karate.forEach(['validate', 'publish', 'archive'], step)
    Given path 'scripts', 'generate'
    And param poi_id = poiId
    When method post
    Then status 409
    And match response contains { code: 'poi_archived' }

  Scenario Outline: <name>=<value> is refused by name
    Given path 'scripts', 'generate'
    And param poi_id = poiId
    And param <name> = '<value>'
    When method post
    Then status 422
    And match response.errors[0].loc == ['query', '<name>']

    Examples:
      | name         | value |
      | duration_s   | 14    |
      | duration_s   | 91    |
      | language     | de    |
      | aspect_ratio | 21:9  |
      | tone         | angry |

  Scenario: an unknown script is not found
    Given path 'scripts', nobody
    When method get
    Then status 404
    And match response contains { code: 'not_found' }
