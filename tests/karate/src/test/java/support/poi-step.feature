@ignore
Feature: moves the property with this id one step on

  Scenario:
    Given url poiUrl
    And path 'pois', id, verb
    When method post
    Then status 200
