@ignore
Feature: registers a property with the given body

  Scenario:
    Given url poiUrl
    And path 'pois'
    And request body
    When method post
    Then status 201
