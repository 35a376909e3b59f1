@regression
Feature: properties, and the one way through their life

  Background:
    * url poiUrl
    * def villa =
      """
      {
        name: 'Villa Méditerranée',
        description: 'Une villa lumineuse au cœur de Montpellier.',
        address: '12 avenue Montaigne, 34000 Montpellier',
        lat: 43.6108, lon: 3.8767,
        poi_type: 'villa',
        tags: [' vue mer ', 'piscine', 'piscine'],
        facts: { price: { amount: '890000.00', currency: 'EUR' }, transaction: 'sale', surface_m2: 185.5, bathrooms: 2.5, floor: -1, energy_class: 'B' },
        agency: { name: 'Agence du Soleil', email: 'contact@example.com' }
      }
      """

  @smoke
  Scenario: a property is registered as a draft and shown as given
    Given path 'pois'
    And request villa
    When method post
    Then status 201
    And match response == schemas.poi
    And match response contains { name: '#(villa.name)', status: 'draft', version: 1, tags: ['vue mer', 'piscine'] }
    And match response.facts contains { price: { amount: '890000.00', currency: 'EUR' }, surface_m2: 185.5, bathrooms: 2.5, floor: -1 }
    And match header Location == '/pois/' + response.id
    * def created = response

    Given path 'pois', created.id
    When method get
    Then status 200
    And match response == created
    And match header ETag == '"1"'

  Scenario: a name is all that is needed
    Given path 'pois'
    And request { name: 'Maison' }
    When method post
    Then status 201
    And match response contains { description: '', address: '', poi_type: 'other', tags: [], agency: null, lat: null }

  Scenario Outline: a bad <field> is refused by name
    Given path 'pois'
    And request <body>
    When method post
    Then status 422
    And match response == schemas.problem
    And match response contains { code: 'validation_error' }
    And match response.errors[0].loc contains '<field>'

    Examples:
      | field      | body                                         |
      | name       | {}                                           |
      | name       | { name: '' }                                 |
      | lat        | { name: 'a', lat: 91, lon: 0 }               |
      | poi_type   | { name: 'a', poi_type: 'Big Villa' }         |
      | surface_m2 | { name: 'a', facts: { surface_m2: 0 } }      |
      | colour     | { name: 'a', colour: 'red' }                 |
      | status     | { name: 'a', status: 'published' }           |

  Scenario: broken JSON is refused
    Given path 'pois'
    And header Content-Type = 'application/json'
    And request '{ "name": '
    When method post
    Then status 422
    And match response contains { code: 'validation_error' }

  Scenario: an unknown property is not found, a malformed id is refused
    Given path 'pois', nobody
    When method get
    Then status 404
    And match response == schemas.problem
    And match response contains { code: 'not_found' }

    Given path 'pois', 'not-a-uuid'
    When method get
    Then status 422
    And match response contains { code: 'validation_error' }

  Scenario: a property goes forward one step at a time, and is read-only at the end
    Given path 'pois'
    And request { name: 'Maison' }
    When method post
    Then status 201
    * def id = response.id

    Given path 'pois', id, 'publish'
    When method post
    Then status 409
    And match response == schemas.problem
    And match response contains { code: 'invalid_transition' }
    And match response.detail contains 'draft'
    And match response.detail contains 'published'

    Given path 'pois', id, 'validate'
    When method post
    Then status 200
    And match response contains { status: 'validated', version: 2 }

    Given path 'pois', id, 'publish'
    When method post
    Then status 200
    And match response contains { status: 'published', version: 3 }

    Given path 'pois', id, 'archive'
    When method post
    Then status 200
    And match response == schemas.poi
    And match response contains { status: 'archived', version: 4 }

    Given path 'pois', id, 'archive'
    When method post
    Then status 409
    And match response contains { code: 'invalid_transition' }

    Given path 'pois', id
    And request { name: 'Autre' }
    When method patch
    Then status 409
    And match response contains { code: 'poi_archived' }

  Scenario: a patch merges deeply, null clears, and If-Match avoids a lost update
    Given path 'pois'
    And request villa
    When method post
    Then status 201
    * def id = response.id

    Given path 'pois', id
    And header If-Match = '"1"'
    And request { facts: { price: { amount: '870000' }, floor: null }, agency: null }
    When method patch
    Then status 200
    And match response.facts contains { price: { amount: '870000', currency: 'EUR' }, floor: null, surface_m2: 185.5 }
    And match response.agency == null
    And match header ETag == '"2"'

    Given path 'pois', id
    And header If-Match = '"1"'
    And request { name: 'Trop tard' }
    When method patch
    Then status 412
    And match response contains { code: 'precondition_failed' }

    Given path 'pois', id
    And request { name: null }
    When method patch
    Then status 422
    And match response.errors[0].loc == ['body', 'name']

  Scenario: search wants every word as a prefix, whatever its case, accents and ligatures
    * def tag = 'k' + newKey().substring(0, 8)
    Given path 'pois'
    And request { name: 'Appartement Montaigne', description: 'Au cœur de la ville, en été', tags: ['#(tag)'] }
    When method post
    Then status 201
    * def id = response.id

    Given path 'pois'
    And param query = 'APPART mont coeur ete ' + tag
    When method get
    Then status 200
    And match response == '#[1] ##(schemas.poi)'
    And match response[0].id == id

    Given path 'pois'
    And params { query: 'partement', tag: '#(tag)' }
    When method get
    Then status 200
    And match response == []

  Scenario: pages follow the Link to the end, newest first
    * def tag = 'k' + newKey().substring(0, 8)
    * def register =
      """
      function(number) {
        const made = karate.call('classpath:support/register-poi.feature', { body: { name: 'Page ' + number, tags: [tag] } });
        return made.response.id;
      }
      """
    * def ids = karate.map([1, 2, 3], register)
    Given path 'pois'
    And params { tag: '#(tag)', limit: 2 }
    When method get
    Then status 200
    And match karate.map(response, x => x.id) == ['#(ids[2])', '#(ids[1])']
    * def next = karate.response.header('Link').match(/<(.*)>; rel="next"/)[1]

    Given url poiUrl + next
    When method get
    Then status 200
    And match karate.map(response, x => x.id) == ['#(ids[0])']
    And match header Link == null

    Given url poiUrl
    And path 'pois'
    And param cursor = 'nonsense'
    When method get
    Then status 422
    And match response.errors[0].loc == ['query', 'cursor']

  Scenario: a POST that is sent again with its key happens once
    * def key = newKey()
    Given path 'pois'
    And header Idempotency-Key = key
    And request { name: 'Une seule fois' }
    When method post
    Then status 201
    * def first = response

    Given path 'pois'
    And header Idempotency-Key = key
    And request { name: 'Une seule fois' }
    When method post
    Then status 201
    And match response == first

    Given path 'pois'
    And header Idempotency-Key = key
    And request { name: 'Autre chose' }
    When method post
    Then status 422
    And match response contains { code: 'idempotency_key_reused' }
