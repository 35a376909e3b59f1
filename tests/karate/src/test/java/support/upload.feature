@ignore
Feature: uploads one of the samples as an asset of poiId

  Scenario:
    Given url assetUrl
    And path 'assets', 'upload'
    And multipart file file = { read: '#("classpath:samples/" + sample)', filename: '#(fileName)' }
    And multipart field poi_id = poiId
    And multipart field asset_type = assetType
    When method post
    Then status 201
